package org.markwatch.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a data folder, which processes hold together while they use its server, and one of them alone while it
 * starts or stops the server. The operating system releases it when a process ends, even by a kill, so it is never
 * stale. The lock file contains the process id of the one that held it alone last, for the error message of others.
 *
 * <p>Not thread-safe.
 */
final class FolderLock implements AutoCloseable {
    /**
     * Folders that this JVM has opened. POSIX record locks belong to the process: closing a second channel on the file
     * would release the lock of the first. A second attempt in the same JVM therefore fails before it opens the file.
     */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;
    private @Nullable FileLock held;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Opens the lock of a folder; it is not held yet.
     *
     * @param folder real path of an existing folder
     * @throws DatabaseException if this JVM has opened it already
     */
    static FolderLock open(Path folder) throws IOException {
        if (!OPEN.add(folder)) {
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    folder.resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            return new FolderLock(folder, channel);
        } finally {
            if (channel == null) {
                OPEN.remove(folder);
            }
        }
    }

    /** Takes the lock alone. Returns false if another process holds it. */
    boolean tryAlone() throws IOException {
        held = channel.tryLock();
        if (held == null) {
            return false;
        }
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
        return true;
    }

    /** Takes the lock together with others. Returns false if another process holds it alone. */
    boolean tryTogether() throws IOException {
        held = channel.tryLock(0, Long.MAX_VALUE, true);
        return held != null;
    }

    /** Releases the lock, which can be taken again. Does nothing if it is not held. */
    void release() throws IOException {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    /**
     * Returns the error for a folder that another process does not release.
     *
     * @param serverEnded whether other processes hold the lock together although no server is running
     */
    DatabaseException inUse(boolean serverEnded) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String name = StandardCharsets.US_ASCII.decode(pid.flip()).toString().strip();
        if (serverEnded) {
            return new DatabaseException("the PostgreSQL server of data folder " + folder + " has ended, but a process"
                    + " that used it is still running (the server was started by process "
                    + (name.matches("\\d+") ? name : "unknown")
                    + "); stop markwatch serve or run in this folder, then run the same command again");
        }
        return inUse(folder, name.matches("\\d+") ? name : "unknown");
    }

    private static DatabaseException inUse(Path folder, String pid) {
        return new DatabaseException("data folder " + folder + " is in use by process " + pid
                + ", which does not let others join: it starts or stops the database, or is an older version of the"
                + " program. Wait for that process or stop it, or use another folder (--data)");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DatabaseException("cannot release the lock on data folder " + folder + ": " + e.getMessage(), e);
        } finally {
            OPEN.remove(folder);
        }
    }
}
