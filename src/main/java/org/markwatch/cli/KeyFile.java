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

/** Where a verb takes a key from, or puts a new one. The key itself is never printed. */
final class KeyFile {
    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            required = true,
            description = "File with the key: 64 hex digits.")
    private @Nullable Path file;

    @Option(names = "--new-key", description = "Make a key and write it to --key-file, for this user to read.")
    private boolean newKey;

    Secret secret() throws IOException {
        Path path = file == null ? Path.of("key") : file;
        if (newKey) {
            try {
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException e) {
                throw new BadInputException(
                        path + " is there already; leave out --new-key to use its key, or name another file");
            }
            Files.writeString(path, Secret.newHex() + "\n", StandardOpenOption.WRITE);
        }
        if (!Files.isReadable(path)) {
            throw new BadInputException(path + " cannot be read; name the file of a key, or make one with --new-key");
        }
        try {
            return Secret.ofHex(Files.readString(path));
        } catch (IllegalArgumentException e) {
            throw new BadInputException(path + " holds no key; it " + e.getMessage());
        }
    }
}
