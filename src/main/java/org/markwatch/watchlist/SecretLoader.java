package org.markwatch.watchlist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads keys from environment variables or from the files that settings name. Faults never show a key. */
final class SecretLoader {
    static final String HASH_KEY = "MARKWATCH_HASH_KEY";
    static final String LEXICON_KEY = "MARKWATCH_LEXICON_KEY";
    static final String WEBHOOK_KEY = "MARKWATCH_WEBHOOK_KEY";

    private static final String ALLOWED = "must hold a key: 64 hex digits and nothing else";

    private final Path folder;
    private final Map<String, String> environment;
    private final ConfigFiles configFiles;
    private final Faults faults;

    /** @param folder folder that key files are relative to */
    SecretLoader(Path folder, Map<String, String> environment, ConfigFiles configFiles, Faults faults) {
        this.folder = folder;
        this.environment = environment;
        this.configFiles = configFiles;
        this.faults = faults;
    }

    /**
     * Loads a key. The environment variable takes precedence over the file.
     *
     * @param file path relative to the folder, empty for none
     * @return null if neither is set, or after a fault
     */
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
            faults.add(
                    setting,
                    file,
                    "cannot be read; looked for " + path(file) + ", which must be a file with 64 hex digits that this"
                            + " user may read");
        } catch (IllegalArgumentException malformed) {
            faults.add(setting, file, ALLOWED);
        }
        return null;
    }

    private String path(String file) {
        try {
            return configFiles.name(folder.resolve(file));
        } catch (InvalidPathException notAPath) {
            return file;
        }
    }
}
