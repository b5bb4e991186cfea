package org.markwatch.watchlist;

/**
 * One thing that is wrong in a job-config folder.
 *
 * @param file    path as the user would type it
 * @param location   key or line, for example {@code seeds[3].delay} or {@code line 12, column delay}; empty for the whole file
 * @param value   the offending value, shortened, without control characters; empty if there is none
 * @param allowed what is allowed and what to do
 */
public record Fault(String file, String location, String value, String allowed) {
    /** {@code job-config/seeds.csv: line 3, delay=0x; must be a duration like 1s, 500ms or 2m}. */
    @Override
    public String toString() {
        return file + (location.isEmpty() ? "" : ": " + location) + (value.isEmpty() ? "" : "=" + value) + "; "
                + allowed;
    }
}
