package org.markwatch.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** An output file of the command line. A write replaces the file completely or leaves it unchanged. */
final class OutputFile {
    private final Path file;

    private OutputFile(Path file) {
        this.file = file;
    }

    /**
     * Checks that a file can be written, before the verb starts its work.
     *
     * @param option option that names the file, for messages
     * @throws BadInputException if the file is a folder, its folder does not exist or permission is denied
     */
    static OutputFile of(String option, Path given) {
        Path file = given.toAbsolutePath().normalize();
        @Nullable Path folder = file.getParent();
        if (Files.isDirectory(file)) {
            throw new BadInputException(option + " " + given + " is a folder; name a file");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInputException(option + " " + given + ": folder " + folder + " does not exist; create"
                    + " it or name another one");
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new BadInputException(
                    option + " " + given + " cannot be written: permission denied; name another file");
        }
        return new OutputFile(file);
    }

    /** Writes the content of the file. */
    @FunctionalInterface
    interface ContentWriter {
        void writeTo(Writer writer) throws IOException;
    }

    /**
     * Writes the file by way of a temporary file in the same folder. Devices and pipes are written directly.
     *
     * @throws FileSystemException if the file cannot be written; contains the name of the file
     */
    void write(ContentWriter content) throws IOException {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                writeContent(file, content); // a pipe or device must not be replaced by a file
                return;
            }
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path temporary = target.resolveSibling(target.getFileName() + ".part");
            try {
                writeContent(temporary, content);
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
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
