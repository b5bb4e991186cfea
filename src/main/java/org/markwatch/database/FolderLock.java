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
 * An exclusive lock on a data folder for one process. The operating system releases it when the process ends, even by a
 * kill, so it is never stale. The lock file contains the process id of the holder, for the error message of other
 * processes.
 */
final class FolderLock implements AutoCloseable {
    /**
     * Folders locked by this JVM. POSIX record locks belong to the process: closing a second channel on the file would
     * release the lock of the first. A second attempt in the same JVM therefore fails before it opens the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Locks a folder.
     *
     * @param folder real path of an existing folder
     * @throws DatabaseException if this or another process holds the lock
     */
    static FolderLock acquire(Path folder) throws IOException {
        if (!HELD.add(folder)) {
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        FolderLock lock = null;
        try {
            lock = open(folder);
            return lock;
        } finally {
            if (lock == null) {
                HELD.remove(folder);
            }
        }
    }

    private static FolderLock open(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        @Nullable FileLock held = null;
        try {
            held = channel.tryLock();
            if (held == null) {
                throw inUse(folder, holder(channel));
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
            return new FolderLock(folder, channel);
        } finally {
            if (held == null) {
                channel.close();
            }
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String name = StandardCharsets.US_ASCII.decode(pid.flip()).toString().strip();
        return name.matches("\\d+") ? name : "unknown";
    }

    private static DatabaseException inUse(Path folder, String pid) {
        return new DatabaseException("data folder " + folder + " is in use by process " + pid
                + "; only one process can use the embedded database. Wait for that process or stop it, or use a PostgreSQL"
                + " server that several processes can share (--db JDBC_URL)");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DatabaseException("cannot release the lock on data folder " + folder + ": " + e.getMessage(), e);
        } finally {
            HELD.remove(folder);
        }
    }
}
