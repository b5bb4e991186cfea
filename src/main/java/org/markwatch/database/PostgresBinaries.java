package org.markwatch.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of PostgreSQL, taken out of the Maven artifact of this platform.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path folder) {
    private static final String EXTRACTING = "postgresql-extracting-";

    /** {@code bin/NAME}. */
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /**
     * Takes the programs out of the jar unless they are there. The folder is named by the archive's checksum, so a newer
     * release gets a folder of its own and never overwrites the files of a server that runs.
     *
     * @param parent an existing folder
     * @throws DatabaseException if there is none for this platform
     */
    static PostgresBinaries extractTo(Path parent) throws IOException {
        String archive = archiveResource(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL url = PostgresBinaries.class.getResource(archive);
        if (url == null) {
            throw new DatabaseException("the PostgreSQL archive " + archive
                    + " is missing from the class path; build again, or use a database of your own (--db JDBC_URL)");
        }
        URLConnection connection = url.openConnection();
        Path folder = parent.resolve("postgresql-" + checksum(connection));
        if (!Files.isDirectory(folder)) {
            // A killed extraction leaves only a temporary folder behind, never half a set of programs under the final
            // name.
            Path half = Files.createTempDirectory(parent, EXTRACTING);
            try (InputStream in = new BufferedInputStream(connection.getInputStream())) {
                extract(in, half);
                Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
                moveUnlessThere(half, folder);
            } finally {
                Folders.delete(half);
            }
        }
        return new PostgresBinaries(folder);
    }

    /** Resource of the archive for a platform. */
    static String archiveResource(String system, String architecture) {
        if (system.equals("Linux")) {
            switch (architecture.toLowerCase(Locale.ROOT)) {
                case "amd64", "x86_64" -> {
                    return "/postgres-linux-x86_64.txz";
                }
                case "aarch64", "arm64" -> {
                    return "/postgres-linux-arm_64.txz";
                }
                default -> {}
            }
        }
        throw new DatabaseException("no embedded PostgreSQL for " + system + " " + architecture
                + "; there is one for Linux on amd64 and arm64. Use a database of your own: --db JDBC_URL");
    }

    /**
     * Deletes what killed extractions left.
     *
     * @param parent a folder that nobody else extracts to now
     */
    static void deletePartialExtractions(Path parent) throws IOException {
        try (DirectoryStream<Path> halves = Files.newDirectoryStream(parent, EXTRACTING + "*")) {
            for (Path half : halves) {
                Folders.delete(half);
            }
        }
    }

    private static String checksum(URLConnection connection) throws IOException {
        long checksum = connection instanceof JarURLConnection jar
                ? jar.getJarEntry().getCrc()
                : connection.getContentLengthLong();
        return HexFormat.of().toHexDigits((int) checksum);
    }

    private static void moveUnlessThere(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // another process was faster with the same files
        } catch (FileSystemException e) {
            if (!Files.isDirectory(to)) {
                throw e;
            }
        }
    }

    private static void extract(InputStream in, Path folder) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.resolveSibling("."));
                    write(tar, entry, path);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            throw new IOException("hard link in the archive: " + entry.getName());
        } else {
            Files.copy(tar, path);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
