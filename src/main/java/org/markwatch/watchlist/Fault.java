package org.markwatch.watchlist;

/**
 * An error in a job-config folder.
 *
 * @param file     path as the user would type it
 * @param location line, key or both, for example {@code line 12, crawl.delay} or {@code line 3, column delay}; empty
 *                 for the whole file
 * @param value    the rejected value, at most 80 characters, without control characters; empty if there is none
 * @param allowed  what is allowed, and how to correct it
 */
public record Fault(String file, String location, String value, String allowed) {
    /**
     * Returns one line, like {@code job-config/seeds.csv: line 3, column delay=0x; must be a duration like 500ms, 1s,
     * 2m, 12h, 30d or PT1M30S, from 0s to 1d}.
     */
    @Override
    public String toString() {
        return file + (location.isEmpty() ? "" : ": " + location) + (value.isEmpty() ? "" : "=" + value) + "; "
                + allowed;
    }
}
