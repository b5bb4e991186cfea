package org.markwatch.text;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Writes a reading of a text from the first character on that differs; most texts have none that does. */
final class ReadingWriter {
    private final String original;
    /** Characters before anything differed. */
    private int kept;

    private @Nullable StringBuilder text;
    private int[] source = {};
    private final BitSet changed = new BitSet();

    ReadingWriter(String original) {
        this.original = original;
    }

    /** Writes a character, and the offset of its original. */
    void write(char c, int from, boolean isChanged) {
        if (text == null && !isChanged) {
            kept = from + 1;
            return;
        }
        StringBuilder out = begin();
        source[out.length()] = from;
        if (isChanged) {
            changed.set(out.length());
        }
        out.append(c);
    }

    /** Begins to write, at the first character that differs. */
    private StringBuilder begin() {
        if (text == null) {
            text = new StringBuilder(original.length()).append(original, 0, kept);
            source = new int[original.length() + 1];
            Arrays.setAll(source, i -> i);
        }
        return text;
    }

    /** Whether a character has been changed. */
    boolean isChanged() {
        return text != null && !changed.isEmpty();
    }

    /** What has been written. */
    String text() {
        return text == null ? original : text.toString();
    }

    /** For each character written where it stands in the original, and the original's length last. */
    int[] places() {
        int length = begin().length();
        int[] places = Arrays.copyOf(source, length + 1);
        places[length] = original.length();
        return places;
    }

    /** Characters written that differ from the original. */
    BitSet changed() {
        return changed;
    }
}
