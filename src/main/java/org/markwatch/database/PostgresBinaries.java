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
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs, extracted from the Maven artifact for this platform.
 *
 * @param folder folder with {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path folder) {
    private static final String TEMPORARY_PREFIX = "postgresql-extracting-";

    /** Returns the path of {@code bin/NAME}. */
    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    /**
     * Extracts the programs unless an earlier call has done so. The folder's name contains the checksum of the archive,
     * so that another release never overwrites the files of a running server.
     *
     * @param parent an existing folder
     * @param shared folder with programs that were extracted before, or null; extracting takes two seconds of CPU time,
     *               linking them none
     * @throws DatabaseException if there is no archive for this platform
     */
    static PostgresBinaries extractTo(Path parent, @Nullable Path shared) throws IOException {
        String archive = archiveResource(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL url = PostgresBinaries.class.getResource(archive);
        if (url == null) {
            throw new DatabaseException(
                    "the PostgreSQL archive " + archive
                            + " is missing from the class path; build again, or use your own PostgreSQL server (--db JDBC_URL)");
        }
        URLConnection connection = url.openConnection();
        String name = "postgresql-" + checksum(connection);
        Path folder = parent.resolve(name);
        if (!Files.isDirectory(folder)) {
            Path extracted = shared == null ? folder : shared.resolve(name);
            if (Files.isDirectory(extracted)) {
                create(parent, name, temporary -> link(extracted, temporary));
            } else {
                create(parent, name, temporary -> {
                    try (InputStream in = new BufferedInputStream(connection.getInputStream())) {
                        extract(in, temporary);
                    }
                });
                if (shared != null && Files.isWritable(shared)) {
                    create(shared, name, temporary -> link(folder, temporary));
                }
            }
        }
        return new PostgresBinaries(folder);
    }

    private interface Content {
        void writeTo(Path folder) throws IOException;
    }

    /** Fills a temporary folder and renames it, so that the final folder is complete after a kill. */
    private static void create(Path parent, String name, Content content) throws IOException {
        Path temporary = Files.createTempDirectory(parent, TEMPORARY_PREFIX);
        try {
            content.writeTo(temporary);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            moveUnlessExists(temporary, parent.resolve(name));
        } finally {
            Folders.delete(temporary);
        }
    }

    /** Fills a folder with the files of another one: with hard links, or copies on another file system. */
    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(target);
                } else if (Files.isSymbolicLink(file)) {
                    Files.createSymbolicLink(target, Files.readSymbolicLink(file));
                } else {
                    linkFile(file, target);
                }
            }
        }
    }

    private static void linkFile(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (FileSystemException | UnsupportedOperationException e) {
            // another file system, or the file of another user
            Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /**
     * Returns the name of the archive resource for a platform.
     *
     * @throws DatabaseException if there is none
     */
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
                + "; supported: Linux on amd64 and arm64. Use your own PostgreSQL server: --db JDBC_URL");
    }

    /**
     * Deletes the temporary folders of killed extractions.
     *
     * @param parent folder to which no other process extracts at the moment
     */
    static void deletePartialExtractions(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, TEMPORARY_PREFIX + "*")) {
            for (Path temporary : folders) {
                Folders.delete(temporary);
            }
        }
    }

    private static String checksum(URLConnection connection) throws IOException {
        long checksum = connection instanceof JarURLConnection jar
                ? jar.getJarEntry().getCrc()
                : connection.getContentLengthLong();
        return HexFormat.of().toHexDigits((int) checksum);
    }

    private static void moveUnlessExists(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            // another process has extracted the same files
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
                    throw new IOException("archive entry outside of the target folder: " + entry.getName());
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
