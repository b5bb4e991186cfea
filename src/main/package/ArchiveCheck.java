import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Fails unless all programs and libraries of an archive are for its architecture, those of the embedded PostgreSQL too, and its Java
 * runtime has no class or library that decodes a picture or draws. Starts nothing, so that {@code scripts/package} can check an archive
 * for another machine. Arguments: the folder of the archive, and {@code x86_64} or {@code aarch64}. Prints the number of programs and
 * libraries.
 */
final class ArchiveCheck {
    private static final List<String> ABSENT = List.of(
            "javax/imageio/ImageIO",
            "javax/imageio/ImageReader",
            "com/sun/imageio/plugins/png/PNGImageReader",
            "com/sun/imageio/plugins/jpeg/JPEGImageReader",
            "java/awt/image/BufferedImage",
            "java/awt/Toolkit",
            "java/awt/Graphics2D",
            "sun/awt/image/JPEGImageDecoder",
            "javax/swing/ImageIcon",
            "javax/sound/sampled/AudioSystem");
    private static final List<String> LIBRARIES =
            List.of("javajpeg", "mlib_image", "lcms", "fontmanager", "awt", "splashscreen");

    /** Value of the field {@code e_machine} in the header of an ELF file, by architecture. */
    private static final Map<String, Integer> MACHINES = Map.of("x86_64", 62, "aarch64", 183);

    private static final int HEADER_BYTES = 20;

    private final Path archive;
    private final String architecture;
    private final List<String> programs = new ArrayList<>();

    private ArchiveCheck(Path archive, String architecture) {
        this.archive = archive;
        this.architecture = architecture;
    }

    public static void main(String[] arguments) throws IOException {
        ArchiveCheck check = new ArchiveCheck(Path.of(arguments[0]), arguments[1]);
        check.checkRuntime();
        check.checkLauncher();
        check.checkPostgres();
        System.out.println(check.programs.size());
    }

    private void checkRuntime() throws IOException {
        Path runtime = archive.resolve("runtime");
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(runtime.resolve("release"))) {
            release.load(in);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        String expected = System.getProperty("java.version");
        require(version.equals(expected), "runtime/release", "has version " + version + " instead of " + expected);
        try (Stream<Path> files = Files.walk(runtime)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                try (InputStream in = Files.newInputStream(file)) {
                    checkProgram(archive.relativize(file).toString(), in.readNBytes(HEADER_BYTES));
                }
            }
        }
        require(programs.contains("runtime/bin/java"), "runtime/bin/java", "is no program");
        require(programs.contains("runtime/lib/server/libjvm.so"), "runtime/lib/server/libjvm.so", "is no library");
        for (String library : LIBRARIES) {
            require(!Files.exists(runtime.resolve("lib/lib" + library + ".so")), "runtime/lib/lib" + library + ".so", "is there");
        }
        // the image of classes is the same for each architecture, so the JDK of this machine can read it
        try (FileSystem classes = FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", runtime.toString()));
                Stream<Path> modules = Files.list(classes.getPath("/modules"))) {
            List<Path> all = modules.toList();
            require(all.size() > 1, "runtime/lib/modules", "has no modules");
            for (String name : ABSENT) {
                require(
                        all.stream().noneMatch(module -> Files.exists(module.resolve(name + ".class"))),
                        "runtime/lib/modules",
                        "has " + name);
            }
        }
    }

    private void checkLauncher() {
        for (String program : List.of("bin/markwatch", "runtime/bin/java")) {
            require(Files.isExecutable(archive.resolve(program)), program, "is not executable");
        }
        require(Files.isRegularFile(archive.resolve("app/markwatch.jar")), "app/markwatch.jar", "is missing");
    }

    /** Reads the servers of the embedded PostgreSQL from the libraries of the program, whose class path this program has. */
    private void checkPostgres() throws IOException {
        String name = "postgres-linux-" + (architecture.equals("aarch64") ? "arm_64" : architecture) + ".txz";
        try (InputStream resource = ArchiveCheck.class.getResourceAsStream("/" + name)) {
            require(resource != null, name, "is in none of the files of app/lib");
            TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(resource)));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    checkProgram(name + ":" + entry.getName().replaceFirst("^\\./", ""), tar.readNBytes(HEADER_BYTES));
                }
            }
        }
        require(programs.contains(name + ":bin/postgres"), name, "has no program bin/postgres");
    }

    private void checkProgram(String name, byte[] header) {
        boolean isElf = header.length == HEADER_BYTES
                && header[0] == 0x7f
                && header[1] == 'E'
                && header[2] == 'L'
                && header[3] == 'F';
        if (isElf) {
            int machine = header[18] & 0xff | (header[19] & 0xff) << 8;
            require(machine == MACHINES.get(architecture), name, "is for machine " + machine + " of the ELF specification");
            programs.add(name);
        }
    }

    private void require(boolean holds, String file, String fault) {
        if (!holds) {
            throw new IllegalStateException(file + " " + fault + "; the archive is for " + architecture);
        }
    }
}
