package org.markwatch.watchlist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds keys: in the environment, or else in the file that a setting names. No fault repeats what was found there. */
final class SecretLoader {
    static final String HASH_KEY = "MARKWATCH_HASH_KEY";
    static final String LEXICON_KEY = "MARKWATCH_LEXICON_KEY";

    private static final String ALLOWED = "must hold a key: 64 hex digits and nothing else";

    private final Path folder;
    private final Map<String, String> environment;
    private final Faults faults;

    /** @param folder that files are relative to */
    SecretLoader(Path folder, Map<String, String> environment, Faults faults) {
        this.folder = folder;
        this.environment = environment;
        this.faults = faults;
    }

    /** @param file as the setting says, empty for none */
    @Nullable
    Secret load(String variable, String file, SourceLocation setting) {
        String hex = environment.get(variable);
        if (hex != null) {
            try {
                return Secret.ofHex(hex);
            } catch (IllegalArgumentException malformed) {
                faults.add(SourceLocation.of("environment").key(variable), ALLOWED);
                return null;
            }
        }
        if (file.isEmpty()) {
            return null;
        }
        try {
            return Secret.ofHex(Files.readString(folder.resolve(file)));
        } catch (IOException | InvalidPathException unreadable) {
            faults.add(setting, file, "cannot be read; it must be a file with 64 hex digits, for this user to read");
        } catch (IllegalArgumentException malformed) {
            faults.add(setting, file, ALLOWED);
        }
        return null;
    }
}
