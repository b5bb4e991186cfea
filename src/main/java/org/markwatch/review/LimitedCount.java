package org.markwatch.review;

import java.util.Locale;

/** Formats counts that are read up to a limit only. */
public final class LimitedCount {
    private LimitedCount() {}

    /** Returns a count with separators; {@code 10,000+} if it reaches its limit. */
    public static String text(long count, long limit) {
        return String.format(Locale.ROOT, "%,d", Math.min(count, limit)) + (count >= limit ? "+" : "");
    }
}
