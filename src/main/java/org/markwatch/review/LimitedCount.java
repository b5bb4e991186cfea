package org.markwatch.review;

import java.util.Locale;
import org.markwatch.queue.Items.ItemCount;

/** Formats counts that are read up to a limit only. */
public final class LimitedCount {
    private LimitedCount() {}

    /** Returns a count with separators; {@code 1,000+} if it reaches its limit. */
    public static String text(long count, long limit) {
        return text(new ItemCount(Math.min(count, limit), count >= limit));
    }

    /** Returns a count with separators; with {@code +} behind it if there may be more. */
    static String text(ItemCount count) {
        return String.format(Locale.ROOT, "%,d", count.items()) + (count.more() ? "+" : "");
    }
}
