package org.markwatch.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Draws one in so many by HMAC-SHA-256 (RFC 2104) under the random key of the database. The draw of a text is always the
 * same, and nobody who does not know the key can predict it. Not thread-safe.
 */
final class KeyedDraw {
    private final Mac mac;

    KeyedDraw(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /** Returns a draw with the key of the database. */
    static KeyedDraw of(JdbcClient jdbc) {
        return new KeyedDraw(
                jdbc.sql("select key from sample_key").query(byte[].class).single());
    }

    /**
     * Returns whether a text is drawn.
     *
     * @param oneIn one text in so many is drawn; 0 for none
     */
    boolean includes(String text, int oneIn) {
        if (oneIn == 0) {
            return false;
        }
        byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        return Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), oneIn) == 0;
    }
}
