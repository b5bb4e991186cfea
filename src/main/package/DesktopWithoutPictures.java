import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prints the files of the module {@code java.desktop} that {@code scripts/package} leaves out of the runtime, for {@code
 * jlink --exclude-resources}. Spring needs the package {@code java.beans} of that module, and nothing else of it: not its
 * decoders of pictures, its fonts, windows or sounds. jlink insists that each package of a module has a file, so the
 * smallest one of each remains.
 */
final class DesktopWithoutPictures {
    private static final String MODULE = "java.desktop";
    /** {@code java.beans} with its implementation, and the annotation that it looks for on every class. */
    private static final List<String> NEEDED =
            List.of("java/beans", "com/sun/beans", "javax/swing/SwingContainer.class");

    private DesktopWithoutPictures() {}

    public static void main(String[] arguments) throws IOException {
        Path module = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules", MODULE);
        List<Path> files;
        try (Stream<Path> all = Files.walk(module)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> NEEDED.stream().noneMatch(module.relativize(file)::startsWith))
                    .filter(file -> !file.getParent().equals(module)) // module-info
                    .toList();
        }
        Map<Path, List<Path>> byFolder = files.stream().collect(Collectors.groupingBy(Path::getParent));
        List<Path> left = new ArrayList<>(files);
        byFolder.values().forEach(folder -> left.remove(folder.stream().min(bySize()).orElseThrow()));
        left.forEach(file -> System.out.println("/" + MODULE + "/" + module.relativize(file)));
    }

    /** Class files first, then small ones: a folder of pictures alone keeps one icon that nothing can decode. */
    private static Comparator<Path> bySize() {
        return Comparator.comparing((Path file) -> !file.toString().endsWith(".class"))
                .thenComparing(DesktopWithoutPictures::size)
                .thenComparing(Path::toString);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
