package org.markwatch.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that gets its name only when it is complete and on disk. Until then it is {@code NAME.part}, which only its
 * owner may read and which the next attempt overwrites.
 */
final class NewFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Path temporary;
    private final FileChannel channel;
    private boolean complete;

    private NewFile(Path file, Path temporary, FileChannel channel) {
        this.file = file;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * Creates the temporary file.
     *
     * @throws BackupException if the file exists, or another process writes it
     */
    static NewFile create(Path file) throws IOException {
        if (Files.exists(file)) {
            throw alreadyExists(file);
        }
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        if (channel.tryLock() == null) {
            channel.close();
            throw new BackupException(
                    "another process writes " + temporary + "; wait for its end or name another file");
        }
        channel.truncate(0);
        return new NewFile(file, temporary, channel);
    }

    /** Returns a buffered stream to the file. */
    OutputStream stream() {
        return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
    }

    /** Gives the file its name, after its content is on disk. */
    void complete() throws IOException {
        channel.force(true);
        if (Files.exists(file)) {
            throw alreadyExists(file);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        complete = true;
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
                entry.force(true); // the name of the file
            }
        }
    }

    private static BackupException alreadyExists(Path file) {
        return new BackupException(file + " already exists; name another file");
    }

    /** Deletes the temporary file unless the file is complete. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (!complete) {
                Files.deleteIfExists(temporary);
            }
        }
    }
}
