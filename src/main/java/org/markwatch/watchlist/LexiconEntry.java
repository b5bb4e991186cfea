package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a {@link Wording} that stands for several: {@code (a|b)} for either, {@code x?} for x or nothing. Reads it from left to
 * right.
 */
public final class LexiconEntry {
    private static final int MOST_WAYS = 512;

    private final String entry;
    private int at;

    private LexiconEntry(String entry) {
        this.entry = entry;
    }

    /**
     * Each way to write an entry, groups and optional parts spelled out.
     *
     * @throws IllegalArgumentException if there are more than {@value #MOST_WAYS}; says what to do
     */
    public static List<String> expand(String entry) {
        boolean plain = entry.indexOf('(') < 0 && entry.indexOf('?') < 0;
        return plain ? List.of(entry) : new LexiconEntry(entry).alternatives();
    }

    private List<String> alternatives() {
        List<String> all = new ArrayList<>(sequence());
        while (at < entry.length() && entry.charAt(at) == '|') {
            at++;
            all.addAll(sequence());
        }
        return all;
    }

    private List<String> sequence() {
        List<String> written = List.of("");
        while (at < entry.length() && entry.charAt(at) != '|' && entry.charAt(at) != ')') {
            List<String> part;
            if (entry.charAt(at) == '(') {
                at++;
                part = alternatives();
                at++;
            } else {
                part = List.of(String.valueOf(entry.charAt(at++)));
            }
            if (at < entry.length() && entry.charAt(at) == '?') {
                at++;
                part = new ArrayList<>(part);
                part.add("");
            }
            written = joined(written, part);
        }
        return written;
    }

    private static List<String> joined(List<String> before, List<String> behind) {
        if (before.size() * behind.size() > MOST_WAYS) {
            throw new IllegalArgumentException(
                    "stands for more than " + MOST_WAYS + " ways to write it; make it several entries");
        }
        List<String> all = new ArrayList<>();
        for (String one : before) {
            for (String other : behind) {
                all.add(one + other);
            }
        }
        return all;
    }
}
