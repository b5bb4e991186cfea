package org.markwatch.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Chooses which held-back pages go to review to measure what the rules miss.
 *
 * <p>A page is chosen by HMAC-SHA-256 (RFC 2104) of the month and its URL, under a random key of the database. The
 * choice is the same in every run of a month, differs between months, and cannot be computed by the owner of a page.
 * Not thread-safe.
 */
final class Sample {
    private final int oneIn;
    private final Mac mac;
    private final String month;

    private Sample(int oneIn, byte[] key, YearMonth month) {
        this.oneIn = oneIn;
        this.month = month.toString();
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /**
     * Returns the sample of the present month (UTC), under the key of the database.
     *
     * @param oneIn one page in so many is chosen; 0 for none
     */
    static Sample of(JdbcClient jdbc, int oneIn, Clock clock) {
        byte[] key = jdbc.sql("select key from sample_key").query(byte[].class).single();
        return new Sample(oneIn, key, YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)));
    }

    boolean includes(String url) {
        if (oneIn == 0) {
            return false;
        }
        byte[] hash = mac.doFinal((month + " " + url).getBytes(StandardCharsets.UTF_8));
        return Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), oneIn) == 0;
    }
}
