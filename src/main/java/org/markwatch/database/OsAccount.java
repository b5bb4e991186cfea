package org.markwatch.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * As whom the programs of PostgreSQL run, which refuse uid 0.
 *
 * @param prefix words put before a command; empty if we are an ordinary user already
 * @param owner  uid that must own the files of the database
 */
record OsAccount(List<String> prefix, int owner) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;
    private static final String KEEPING = "--ambient-caps=+dac_override";

    /** Cached data of applications (Filesystem Hierarchy Standard 3.0, section 5.5). */
    private static final Path SHARED = Path.of("/var/cache/markwatch");

    /** A user namespace without a mapping: no privilege is left, and the files stay those of root, wherever they lie. */
    private static final List<String> NAMESPACE = List.of("unshare", "--user", "--");

    OsAccount {
        prefix = List.copyOf(prefix);
    }

    /**
     * An account that PostgreSQL accepts and that owns the files in {@code pgdata}, or can be given them.
     *
     * @param pgdata the database's files; need not be there yet
     * @throws DatabaseException if this machine lets root do neither
     */
    static OsAccount forDataDirectory(Path pgdata) throws IOException {
        int self = uid(Path.of("/proc/self"));
        if (self != ROOT) {
            return new OsAccount(List.of(), self);
        }
        int owner = Files.exists(pgdata) ? uid(pgdata) : ROOT;
        if (owner == ROOT && works(before(NAMESPACE))) {
            return new OsAccount(NAMESPACE, ROOT);
        }
        return ofUid(owner == ROOT ? NOBODY : owner);
    }

    /**
     * The way of containers, which often forbid namespaces: another uid, which keeps of root's rights only that of walking
     * through folders, since the data folder usually lies below root's home.
     */
    static OsAccount ofUid(int uid) throws IOException {
        List<String> prefix = List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + uid,
                "--clear-groups",
                "--inh-caps=+dac_override",
                KEEPING,
                "--");
        if (!works(before(prefix))) {
            throw new DatabaseException("PostgreSQL refuses to run as root, and neither 'unshare --user' nor 'setpriv'"
                    + " (package util-linux) is permitted here; start as another user, or use --db JDBC_URL");
        }
        return new OsAccount(prefix, uid);
    }

    /**
     * Where this account can run programs from. PostgreSQL asks with access(2) whether it may run itself, which looks at the
     * account's own rights only: a folder below root's home, which others may not enter, will not do then.
     *
     * @param wanted an existing folder
     * @return {@code wanted} if the account reaches it, else a folder for everybody
     */
    Path executableFolder(Path wanted) throws IOException {
        if (!prefix.contains(KEEPING)
                || works(List.of(
                        "setpriv",
                        "--reuid=" + owner,
                        "--regid=" + owner,
                        "--clear-groups",
                        "--",
                        "test",
                        "-x",
                        wanted.toString()))) {
            return wanted;
        }
        Files.createDirectories(SHARED);
        Files.setPosixFilePermissions(SHARED, PosixFilePermissions.fromString("rwxr-xr-x"));
        return SHARED;
    }

    /** Hands a folder with all it holds to this account. */
    void takeOwnership(Path folder) throws IOException {
        if (uid(folder) == owner) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                // The folder itself comes first in a walk; it is done last, so that a killed hand-over is done again.
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

    private static List<String> before(List<String> prefix) {
        return Stream.concat(prefix.stream(), Stream.of("true")).toList();
    }

    private static boolean works(List<String> command) {
        try {
            return ProcessResult.run(command).exitCode() == 0;
        } catch (IOException e) {
            return false; // not installed
        }
    }
}
