package org.markwatch.match;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import org.markwatch.watchlist.Field;

/** Places of a page's text that must not be shown, since a restricted indicator is there. A buffer for one thread. */
final class MaskedPlaces {
    /** What stands for a match that is not shown. */
    static final String MASK = "(not shown)";

    private static final char DOT = '•';

    private final Map<Field, BitSet> places = new EnumMap<>(Field.class);

    /**
     * @param start offset in the field's text
     * @param end   offset after the last character
     */
    void add(Field field, int start, int end) {
        places.computeIfAbsent(field, f -> new BitSet()).set(start, end);
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** A piece of a field's text with a dot for each character that is not shown; of the same length. */
    String in(Field field, int start, String text) {
        BitSet hidden = places.get(field);
        if (hidden == null) {
            return text;
        }
        int next = hidden.nextSetBit(start);
        if (next < 0 || next >= start + text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text);
        for (; next >= 0 && next < start + text.length(); next = hidden.nextSetBit(next + 1)) {
            shown.setCharAt(next - start, DOT);
        }
        return shown.toString();
    }

    Match in(Match match) {
        if (match.text().equals(MASK)) {
            return match; // has no place
        }
        String text = in(match.field(), match.start(), match.text());
        String snippet = in(match.field(), match.start() - match.snippetStart(), match.snippet());
        if (text.equals(match.text()) && snippet.equals(match.snippet())) {
            return match;
        }
        return new Match(
                match.rule(),
                match.kind(),
                match.brand(),
                match.group(),
                match.weight(),
                match.field(),
                match.start(),
                match.end(),
                text,
                snippet,
                match.snippetStart(),
                match.signs());
    }
}
