package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.List;

/**
 * Expands an entry of a {@link Lexicon} with alternatives {@code (a|b)} and optional parts {@code x?}. A recursive
 * descent parser.
 */
public final class LexiconEntry {
    private static final int MAX_VARIANTS = 512;

    private final String entry;
    private int position;

    private LexiconEntry(String entry) {
        this.entry = entry;
    }

    /**
     * Returns all variants of an entry, for example {@code ab} and {@code b} for {@code a?b}.
     *
     * @throws IllegalArgumentException if there are more than {@value #MAX_VARIANTS} variants; the message completes
     * 'value; '
     */
    public static List<String> expand(String entry) {
        boolean plain = entry.indexOf('(') < 0 && entry.indexOf('?') < 0;
        return plain ? List.of(entry) : new LexiconEntry(entry).alternatives();
    }

    private List<String> alternatives() {
        List<String> all = new ArrayList<>(sequence());
        while (at('|')) {
            position++;
            all.addAll(sequence());
        }
        return all;
    }

    private List<String> sequence() {
        List<String> variants = List.of("");
        while (!at('|') && !at(')') && position < entry.length()) {
            List<String> part;
            if (at('(')) {
                position++;
                part = alternatives();
                position++;
            } else {
                part = List.of(characters());
            }
            if (at('?')) {
                position++;
                part = new ArrayList<>(part);
                part.add("");
            }
            variants = concat(variants, part);
        }
        return variants;
    }

    /** Characters that all variants have: up to an operator, but for one that is optional. */
    private String characters() {
        int from = position++;
        while (position < entry.length() && !isOperator(entry.charAt(position))) {
            position++;
        }
        if (at('?') && position - from > 1) {
            position--;
        }
        return entry.substring(from, position);
    }

    private boolean at(char c) {
        return position < entry.length() && entry.charAt(position) == c;
    }

    private static boolean isOperator(char c) {
        return c == '(' || c == ')' || c == '|' || c == '?';
    }

    private static List<String> concat(List<String> prefixes, List<String> suffixes) {
        if (prefixes.size() * suffixes.size() > MAX_VARIANTS) {
            throw new IllegalArgumentException(
                    "has more than " + MAX_VARIANTS + " variants; split it into several entries");
        }
        List<String> all = new ArrayList<>();
        for (String prefix : prefixes) {
            for (String suffix : suffixes) {
                all.add(prefix + suffix);
            }
        }
        return all;
    }
}
