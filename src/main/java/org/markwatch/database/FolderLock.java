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
 * One process a data folder. The operating system lets go of the lock when the process dies, however it dies, so there is
 * never a stale one; the file names the holder for the message to the next one who comes.
 */
final class FolderLock implements AutoCloseable {
    /**
     * Folders held by this JVM. Closing a second channel on the file would release the lock of the first (POSIX record
     * locks belong to the process), so a second opener of the same JVM must be turned away before it opens the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes the folder.
     *
     * @param folder an existing folder, by its real path
     * @throws DatabaseException if a process has it
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
                + ": the embedded database serves one at a time; wait for it to end or stop it, or use a PostgreSQL that"
                + " several can share (--db JDBC_URL)");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DatabaseException("cannot let go of data folder " + folder + ": " + e.getMessage(), e);
        } finally {
            HELD.remove(folder);
        }
    }
}
