package org.markwatch.queue;

import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Chooses which held-back pages go to review to measure what the rules miss.
 *
 * <p>A page is chosen by HMAC-SHA-256 (RFC 2104) of the month and its URL, under a random key of the database. The
 * choice is the same in every run of a month, differs between months, and cannot be computed by the owner of a page.
 *
 * <p>The first run of a month draws from all held-back pages. Later runs of that month need to look at new findings
 * only, since the draw of a page that has not changed gives the same. Not thread-safe.
 */
public final class Sample {
    private final int oneIn;
    private final KeyedDraw draw;
    private final String month;
    private final boolean drawn;

    private Sample(int oneIn, byte[] key, String month, String drawn) {
        this.oneIn = oneIn;
        this.month = month;
        this.drawn = drawn.equals(name());
        draw = new KeyedDraw(key);
    }

    /**
     * Returns the sample of the present month (UTC), under the key of the database.
     *
     * @param oneIn one page in so many is chosen; 0 for none
     */
    static Sample of(JdbcClient jdbc, int oneIn, Clock clock) {
        String month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).toString();
        return jdbc.sql("select key, drawn from sample_key")
                .query((row, number) -> new Sample(oneIn, row.getBytes("key"), month, row.getString("drawn")))
                .single();
    }

    /** Returns the name of the draw, for example {@code 2027-03 1/100}. */
    String name() {
        return month + " 1/" + oneIn;
    }

    /** Returns whether a run has drawn from all held-back pages in this month and with this share. */
    public boolean isDrawn() {
        return drawn || oneIn == 0;
    }

    /** Returns whether a held-back page is chosen. */
    public boolean includes(HttpUrl page) {
        return draw.includes(month + " " + page, oneIn);
    }
}
