package org.markwatch.watchlist;

/**
 * An entry of a list that repeats an earlier one and adds nothing that contradicts it, so that both are read as one.
 *
 * @param place where it is, for example {@code job-config/seeds.csv: line 7}
 * @param value what identifies it, as written, at most 80 characters, without control characters
 * @param first where the earlier one is
 */
public record RepeatedEntry(String place, String value, String first) {
    /** Returns one line, like {@code seeds.csv: line 7, column url=https://Shop.example/; repeats seeds.csv: line 3, column url}. */
    @Override
    public String toString() {
        return place + (value.isEmpty() ? "" : "=" + value) + "; repeats " + first;
    }
}
