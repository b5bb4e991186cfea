package org.markwatch.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The operating-system account that runs the PostgreSQL programs, which refuse to run as root (uid 0).
 *
 * @param prefix command and arguments that run a program as the account; empty if the current user is not root
 * @param owner  uid that must own the data directory
 */
record OsAccount(List<String> prefix, int owner) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;
    private static final String KEEP_DAC_OVERRIDE = "--ambient-caps=+dac_override";

    /** Application cache (Filesystem Hierarchy Standard 3.0, section 5.5). */
    private static final Path CACHE = Path.of("/var/cache/markwatch");

    /**
     * Runs a program in a user namespace without a uid mapping: it has no privileges, and its files remain owned by
     * root.
     */
    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--");

    OsAccount {
        prefix = List.copyOf(prefix);
    }

    /**
     * Returns an account that PostgreSQL accepts and that owns the data directory or may take ownership of it.
     *
     * @param pgdata data directory; may be missing
     * @throws DatabaseException if the current user is root and the system permits neither namespaces nor another uid
     */
    static OsAccount forDataDirectory(Path pgdata) throws IOException {
        int currentUid = uid(Path.of("/proc/self"));
        if (currentUid != ROOT) {
            return new OsAccount(List.of(), currentUid);
        }
        int owner = Files.exists(pgdata) ? uid(pgdata) : ROOT;
        if (owner == ROOT && succeeds(withTrue(NAMESPACE))) {
            return new OsAccount(NAMESPACE, ROOT);
        }
        return ofUid(owner == ROOT ? NOBODY : owner);
    }

    /**
     * Returns an account with another uid, for containers, which often forbid namespaces. It keeps one capability of
     * root, CAP_DAC_OVERRIDE, because the data folder is usually below root's home folder.
     */
    static OsAccount ofUid(int uid) throws IOException {
        List<String> prefix = List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + uid,
                "--clear-groups",
                "--inh-caps=+dac_override",
                KEEP_DAC_OVERRIDE,
                "--");
        if (!succeeds(withTrue(prefix))) {
            throw new DatabaseException("PostgreSQL refuses to run as root, and neither 'unshare --user' nor 'setpriv'"
                    + " (package util-linux) is permitted here; run as another user, or use --db JDBC_URL");
        }
        return new OsAccount(prefix, uid);
    }

    /**
     * Returns a folder from which this account can run programs. PostgreSQL checks with access(2) whether it may
     * execute itself. That call disregards capabilities, so a folder below root's home folder is not accessible.
     *
     * @param preferred an existing folder
     * @return {@code preferred} if the account can access it, else {@code /var/cache/markwatch}
     */
    Path executableFolder(Path preferred) throws IOException {
        if (!prefix.contains(KEEP_DAC_OVERRIDE)
                || succeeds(List.of(
                        "setpriv",
                        "--reuid=" + owner,
                        "--regid=" + owner,
                        "--clear-groups",
                        "--",
                        "test",
                        "-x",
                        preferred.toString()))) {
            return preferred;
        }
        Files.createDirectories(CACHE);
        Files.setPosixFilePermissions(CACHE, PosixFilePermissions.fromString("rwxr-xr-x"));
        return CACHE;
    }

    /** Makes this account the owner of a folder and its content. */
    void takeOwnership(Path folder) throws IOException {
        if (uid(folder) == owner) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                // The owner of the folder itself changes last, so that the next start repeats a change that was killed.
                if (!file.equals(folder)) {
                    Files.setAttribute(file, "unix:uid", owner);
                }
            }
        }
        Files.setAttribute(folder, "unix:uid", owner);
    }

    private static int uid(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private static List<String> withTrue(List<String> prefix) {
        return Stream.concat(prefix.stream(), Stream.of("true")).toList();
    }

    private static boolean succeeds(List<String> command) {
        try {
            return ProcessResult.run(command).exitCode() == 0;
        } catch (IOException e) {
            return false; // not installed
        }
    }
}
