package org.markwatch.queue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** SHA-256 over text fields (FIPS 180-4). */
final class Sha256 {
    private Sha256() {}

    /**
     * Returns the hex digest over the UTF-8 bytes of the fields. Each field is encoded as a netstring ({@code
     * length:bytes,}), so that different lists of fields never have the same encoding.
     */
    static String ofFields(String... fields) {
        MessageDigest digest = digest();
        for (String field : fields) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
            digest.update((byte) ',');
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns the hex digest over the UTF-8 bytes of a text. */
    static String of(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the digest of each text, as {@link #of} does. */
    static String[] ofEach(Collection<String> texts) {
        return texts.stream().map(Sha256::of).toArray(String[]::new);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
