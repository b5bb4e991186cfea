package org.markwatch.watchlist.edit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A file before and after a change.
 *
 * @param path   absolute, normalised path of the file, which may be missing
 * @param file   the same, relative to the job-config folder, with {@code /}
 * @param before text of the file; empty if it is missing
 * @param after  text with the change; empty if the file is removed
 * @param values values of the entry before the change, as in {@link ConfigEntry}; empty if it is added
 */
public record FileChange(Path path, String file, String before, String after, Map<String, List<String>> values) {
    public FileChange {
        values = Map.copyOf(values);
    }

    /** Returns the SHA-256 of the text before the change, in lower-case hex. */
    public String baseSha256() {
        return sha256(before);
    }

    /** Returns the SHA-256 of the text after the change, in lower-case hex. */
    public String afterSha256() {
        return sha256(after);
    }

    /** Returns the change in unified format, as {@code patch -p1} in the job-config folder reads it. */
    public String diff() {
        return UnifiedDiff.of(file, before, after);
    }

    /** Returns the SHA-256 of a text as UTF-8, in lower-case hex. */
    public static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
