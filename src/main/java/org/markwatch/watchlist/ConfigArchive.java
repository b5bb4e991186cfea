package org.markwatch.watchlist;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The files of a job-config as one array of bytes, for processes on other machines: a zip with the folder below {@code config}
 * and, if {@code rules-from} names another one, that folder below {@code rules}. Key files are left out: other machines take keys
 * from their environment.
 */
public final class ConfigArchive {
    static final String CONFIG = "config";
    static final String RULES = "rules";

    /** Limit of the unpacked files. */
    private static final long MAX_BYTES = 1L << 30;

    private ConfigArchive() {}

    /**
     * A watchlist, and the files that it was read from.
     *
     * @param files the packed files, which {@link #read} reads
     */
    public record PackedWatchlist(Watchlist watchlist, byte[] files) {}

    /**
     * Reads and validates a job-config folder, and packs what it has read: files that change afterwards do not matter.
     *
     * @throws WatchlistException as {@link WatchlistReader#read(Path)} does
     */
    public static PackedWatchlist readAndPack(Path folder) throws WatchlistException {
        return WatchlistReader.readAndPack(folder, System.getenv());
    }

    /**
     * Packs files of a job-config.
     *
     * @param files  contents by absolute, normalised path
     * @param folder the job-config folder
     * @param rules  the folder of its rules, or the same one
     */
    static byte[] pack(Map<Path, byte[]> files, Path folder, Path rules) {
        Path config = ConfigFiles.normal(folder);
        Path other = ConfigFiles.normal(rules);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<Path, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry(file.getKey(), config, other)));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no faults
        }
        return bytes.toByteArray();
    }

    /** Returns the name of an entry. One of the folders may be within the other. */
    private static String entry(Path file, Path config, Path rules) {
        boolean ofRules = !rules.equals(config)
                && file.startsWith(rules)
                && (!file.startsWith(config) || rules.startsWith(config));
        Path name = (ofRules ? rules : config).relativize(file);
        return (ofRules ? RULES : CONFIG) + "/" + name.toString().replace('\\', '/');
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
