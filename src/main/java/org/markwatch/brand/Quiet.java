package org.markwatch.brand;

import org.jspecify.annotations.Nullable;
import org.markwatch.text.Words;

/**
 * Remembers some of the texts in which nothing was found: classes and pictures of a site's frame are the same on all of its
 * pages. Forgets one when another takes its slot. For any number of threads: a lost entry only costs time.
 */
final class Quiet {
    private static final int SLOTS = 1 << 12;
    /** Longer texts seldom come back. */
    private static final int LONGEST = 64;

    private final @Nullable String[] texts = new String[SLOTS];

    boolean has(String text) {
        return text.equals(texts[slot(text)]);
    }

    void add(String text) {
        if (text.length() <= LONGEST) {
            texts[slot(text)] = text;
        }
    }

    private static int slot(String text) {
        return Words.mix(text.hashCode()) & SLOTS - 1;
    }
}
