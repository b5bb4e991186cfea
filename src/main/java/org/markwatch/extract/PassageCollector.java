package org.markwatch.extract;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.watchlist.Field;

/** Collects passages, keeps their offsets by field, and bounds what one page can make us keep. */
final class PassageCollector {
    /** The longest passage of running text; longer blocks are cut at a space. */
    static final int MAX_BLOCK_LENGTH = 8_192;
    /** The longest passage of anything else; the rest is dropped. */
    static final int MAX_VALUE_LENGTH = 1_024;
    /** The most passages of one field; the rest of the page's is dropped. */
    static final int MAX_PASSAGES_PER_FIELD = 20_000;

    private static final int MAX_DETAIL_LENGTH = 100;

    private final List<Passage> passages = new ArrayList<>();
    private final Set<Passage> seen = new HashSet<>();
    private final Map<Field, FieldExtent> extents = new EnumMap<>(Field.class);

    /** How much of a field there is: passages, and characters with the line feeds that join them. */
    private static final class FieldExtent {
        private int count;
        private int nextOffset;
    }

    /** Adds a value, collapsed and cut to {@link #MAX_VALUE_LENGTH}. Nothing is added for an empty one. */
    void add(Field field, String detail, String value, boolean hidden) {
        String text = CollapsedText.collapse(value, MAX_VALUE_LENGTH);
        if (!text.isEmpty()) {
            keep(field, detail, text, hidden);
        }
    }

    /**
     * Adds a value unless the field has it already: a reference that a page repeats for every product says nothing new.
     */
    void addOnce(Field field, String detail, String value, boolean hidden) {
        String text = CollapsedText.collapse(value, MAX_VALUE_LENGTH);
        if (!text.isEmpty()
                && seen.size() < MAX_PASSAGES_PER_FIELD
                && seen.add(new Passage(field, detail, text, 0, hidden))) {
            keep(field, detail, text, hidden);
        }
    }

    /** Adds collapsed text in pieces of at most {@link #MAX_BLOCK_LENGTH} characters. */
    void addBlock(Field field, String detail, String text, boolean hidden) {
        int start = 0;
        while (text.length() - start > MAX_BLOCK_LENGTH) {
            int space = start + MAX_BLOCK_LENGTH;
            while (space > start && text.charAt(space) != ' ') {
                space--;
            }
            int cut = space > start ? space : start + MAX_BLOCK_LENGTH;
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
        FieldExtent extent = extents.computeIfAbsent(field, f -> new FieldExtent());
        if (extent.count == MAX_PASSAGES_PER_FIELD) {
            return;
        }
        passages.add(new Passage(field, cleanDetail(detail), text, extent.nextOffset, hidden));
        extent.count++;
        extent.nextOffset += text.length() + 1;
    }

    /** Details may come from the page too, as names of JSON keys and attributes. */
    private static String cleanDetail(String detail) {
        boolean plain = !detail.isEmpty() && detail.length() <= MAX_DETAIL_LENGTH;
        for (int i = 0; i < detail.length() && plain; i++) {
            plain = detail.charAt(i) > ' ' && detail.charAt(i) < 0x7f;
        }
        if (plain) {
            return detail;
        }
        String name = CollapsedText.collapse(detail, MAX_DETAIL_LENGTH);
        return name.isEmpty() ? "unnamed" : name;
    }

    List<Passage> passages() {
        return passages;
    }
}
