import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fails unless the runtime that runs it can neither decode a picture nor draw, and has the character sets of real pages.
 * {@code scripts/package} runs it with the runtime of the archive.
 */
final class RuntimeCheck {
    private static final String[] ABSENT = {
        "javax.imageio.ImageIO",
        "javax.imageio.ImageReader",
        "com.sun.imageio.plugins.png.PNGImageReader",
        "com.sun.imageio.plugins.jpeg.JPEGImageReader",
        "java.awt.image.BufferedImage",
        "java.awt.Toolkit",
        "java.awt.Graphics2D",
        "sun.awt.image.JPEGImageDecoder",
        "javax.swing.ImageIcon",
        "javax.sound.sampled.AudioSystem"
    };
    private static final String[] LIBRARIES = {"javajpeg", "mlib_image", "lcms", "fontmanager", "awt", "splashscreen"};
    private static final String[] CHARSETS = {"windows-1251", "Shift_JIS", "EUC-KR", "GB18030", "Big5", "TIS-620"};

    private RuntimeCheck() {}

    public static void main(String[] arguments) throws IntrospectionException {
        for (String name : ABSENT) {
            try {
                Class.forName(name, false, null);
            } catch (ClassNotFoundException e) {
                continue;
            }
            throw new IllegalStateException("the runtime has " + name);
        }
        for (String name : LIBRARIES) {
            Path file = Path.of(
                    System.getProperty("java.home"), "lib", System.mapLibraryName(name));
            if (Files.exists(file)) {
                throw new IllegalStateException("the runtime has " + file);
            }
        }
        for (String name : CHARSETS) {
            Charset.forName(name);
        }
        Introspector.getBeanInfo(RuntimeCheck.class).getBeanDescriptor().getName();
    }
}
