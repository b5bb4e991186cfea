package org.markwatch.watchlist;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A job-config folder as one array of bytes, for processes on other machines: a zip with the folder below {@code config} and,
 * if {@code rules-from} names another one, that folder below {@code rules}. Key files are left out: other machines take keys
 * from their environment.
 */
public final class ConfigArchive {
    static final String CONFIG = "config";
    static final String RULES = "rules";

    /** Limit of the unpacked files. */
    private static final long MAX_BYTES = 1L << 30;

    private static final List<String> NAMES = List.of(
            "markwatch.yaml",
            "seeds.csv",
            "seeds.yaml",
            "policies.yaml",
            "brands",
            "indicators",
            "wording",
            EvidenceFile.FOLDER);

    private ConfigArchive() {}

    /**
     * Packs a job-config folder that is valid.
     *
     * @throws IOException if a file cannot be read
     */
    public static byte[] pack(Path folder) throws IOException {
        WatchlistReader.Sources sources = WatchlistReader.sources(folder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : NAMES) {
                add(zip, CONFIG, folder, folder.resolve(name));
            }
            if (!sources.restrictedLexicon().isEmpty()) {
                add(zip, CONFIG, folder, folder.resolve(sources.restrictedLexicon()));
            }
            if (!sources.rules().equals(folder.normalize())) {
                for (String name : NAMES) {
                    add(zip, RULES, sources.rules(), sources.rules().resolve(name));
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String prefix, Path root, Path top) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(
                        prefix + "/" + root.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    /**
     * Reads and validates a packed job-config. Keys of indicators come from environment variables; notices are left out.
     *
     * @throws WatchlistException if it has faults, such as a missing key
     * @throws IOException        if it cannot be unpacked
     */
    public static Watchlist read(byte[] archive) throws WatchlistException, IOException {
        Path folder = Files.createTempDirectory("markwatch-config-");
        try {
            unpack(archive, folder);
            return WatchlistReader.readUnpacked(folder);
        } finally {
            delete(folder);
        }
    }

    private static void unpack(byte[] archive, Path folder) throws IOException {
        long left = MAX_BYTES;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException("the job-config of the run has the entry '" + entry.getName()
                            + "', which is outside of its folder");
                }
                byte[] content = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, left));
                left -= content.length;
                if (left <= 0) {
                    throw new IOException("the job-config of the run has more than " + MAX_BYTES + " bytes");
                }
                Files.createDirectories(file.resolveSibling("."));
                Files.write(file, content);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
