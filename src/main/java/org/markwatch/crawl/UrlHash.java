package org.markwatch.crawl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The hash by which table {@code page} identifies a URL. */
public final class UrlHash {
    private UrlHash() {}

    /** Returns the first 128 bits of the SHA-256 of a canonical URL. */
    public static UUID of(String url) {
        try {
            byte[] ascii = url.getBytes(StandardCharsets.US_ASCII);
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(ascii));
            return new UUID(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
