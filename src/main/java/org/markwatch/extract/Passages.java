package org.markwatch.extract;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.watchlist.Field;

/** Collects passages, keeps their offsets by field, and bounds what one page can make us keep. */
final class Passages {
    /** The longest passage of running text; longer blocks are cut at a space. */
    static final int MAX_BLOCK = 8_192;
    /** The longest passage of anything else; the rest is dropped. */
    static final int MAX_VALUE = 1_024;
    /** The most passages of one field; the rest of the page's is dropped. */
    static final int MAX_PASSAGES = 20_000;

    private static final int MAX_DETAIL = 100;

    private final List<Passage> passages = new ArrayList<>();
    private final Set<Passage> seen = new HashSet<>();
    private final Map<Field, Extent> extents = new EnumMap<>(Field.class);

    /** How much of a field there is: passages, and characters with the line feeds that join them. */
    private static final class Extent {
        private int count;
        private int next;
    }

    /** Adds a value, collapsed and cut to {@link #MAX_VALUE}. Nothing is added for an empty one. */
    void add(Field field, String detail, String value, boolean hidden) {
        String text = Run.collapse(value, MAX_VALUE);
        if (!text.isEmpty()) {
            keep(field, detail, text, hidden);
        }
    }

    /**
     * Adds a value unless the field has it already: a reference that a page repeats for every product says nothing new.
     */
    void addOnce(Field field, String detail, String value, boolean hidden) {
        String text = Run.collapse(value, MAX_VALUE);
        if (!text.isEmpty() && seen.size() < MAX_PASSAGES && seen.add(new Passage(field, detail, text, 0, hidden))) {
            keep(field, detail, text, hidden);
        }
    }

    /** Adds collapsed text in pieces of at most {@link #MAX_BLOCK} characters. */
    void addBlock(Field field, String detail, String text, boolean hidden) {
        int start = 0;
        while (text.length() - start > MAX_BLOCK) {
            int space = start + MAX_BLOCK;
            while (space > start && text.charAt(space) != ' ') {
                space--;
            }
            int cut = space > start ? space : start + MAX_BLOCK;
            if (space <= start && Character.isLowSurrogate(text.charAt(cut))) {
                cut--;
            }
            keep(field, detail, text.substring(start, cut), hidden);
            start = space > start ? cut + 1 : cut;
        }
        if (start < text.length()) {
            keep(field, detail, text.substring(start), hidden);
        }
    }

    private void keep(Field field, String detail, String text, boolean hidden) {
        Extent extent = extents.computeIfAbsent(field, f -> new Extent());
        if (extent.count == MAX_PASSAGES) {
            return;
        }
        passages.add(new Passage(field, name(detail), text, extent.next, hidden));
        extent.count++;
        extent.next += text.length() + 1;
    }

    /** Details may come from the page too, as names of JSON keys and attributes. */
    private static String name(String detail) {
        boolean plain = !detail.isEmpty() && detail.length() <= MAX_DETAIL;
        for (int i = 0; i < detail.length() && plain; i++) {
            plain = detail.charAt(i) > ' ' && detail.charAt(i) < 0x7f;
        }
        if (plain) {
            return detail;
        }
        String name = Run.collapse(detail, MAX_DETAIL);
        return name.isEmpty() ? "unnamed" : name;
    }

    List<Passage> all() {
        return passages;
    }
}
