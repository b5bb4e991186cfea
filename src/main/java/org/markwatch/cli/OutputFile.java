package org.markwatch.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A file named on the command line, which is written whole or left as it was. */
final class OutputFile {
    private final Path file;

    private OutputFile(Path file) {
        this.file = file;
    }

    /**
     * @param option how the file was named, for messages
     * @throws BadInput if it could not be written, which is better known before a night of work than after it
     */
    static OutputFile of(String option, Path given) {
        Path file = given.toAbsolutePath().normalize();
        @Nullable Path folder = file.getParent();
        if (Files.isDirectory(file)) {
            throw new BadInputException(option + " " + given + " is a folder; name a file");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInputException(
                    option + " " + given + ": there is no folder " + folder + "; make it, or name another");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new BadInputException(
                    option + " " + given + " cannot be written: permission denied; name another file");
        }
        return new OutputFile(file);
    }

    /** What goes into the file. */
    @FunctionalInterface
    interface ContentWriter {
        void writeTo(Writer writer) throws IOException;
    }

    /** @throws FileSystemException naming the file, also when its disk is full */
    void write(ContentWriter content) throws IOException {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                writeContent(file, content); // a pipe or /dev/null is not to be replaced by a file
                return;
            }
            Path whole = Files.exists(file) ? file.toRealPath() : file;
            Path half = whole.resolveSibling(whole.getFileName() + ".part");
            try {
                writeContent(half, content);
                Files.move(half, whole, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
            named.initCause(e);
            throw named;
        }
    }

    private static void writeContent(Path to, ContentWriter content) throws IOException {
        try (Writer writer = Files.newBufferedWriter(to)) {
            content.writeTo(writer);
        }
    }
}
