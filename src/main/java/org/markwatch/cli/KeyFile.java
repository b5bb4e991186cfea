package org.markwatch.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Secret;
import picocli.CommandLine.Option;

/** Options for the key file of a verb. The key itself is never printed. */
final class KeyFile {
    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            required = true,
            description = "File with the key: 64 hex digits.")
    private @Nullable Path file;

    @Option(
            names = "--new-key",
            description = "Generates a key and writes it to --key-file, readable by this user only.")
    private boolean newKey;

    /**
     * Returns the key, after generating it if {@code --new-key} is given.
     *
     * @throws BadInputException if the file exists and {@code --new-key} is given, or if it has no valid key
     */
    Secret secret() throws IOException {
        Path path = file == null ? Path.of("key") : file;
        if (newKey) {
            try {
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException e) {
                throw new BadInputException(
                        path + " already exists; omit --new-key to use its key, or name another file");
            }
            Files.writeString(path, Secret.newHex() + "\n", StandardOpenOption.WRITE);
        }
        if (!Files.isReadable(path)) {
            throw new BadInputException(
                    path + " cannot be read; name a file with a key, or generate one with --new-key");
        }
        try {
            return Secret.ofHex(Files.readString(path));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(path + " does not contain a key; it " + e.getMessage());
        }
    }
}
