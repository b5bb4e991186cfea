package org.markwatch.extract;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Field;

/** Collects the passages of one page, computes their offsets by field, and limits their number and length. */
final class PassageCollector {
    /** Maximum characters of a passage of a block. Longer blocks are split at a space. */
    static final int MAX_BLOCK_LENGTH = 8_192;
    /** Maximum characters of any other passage. Longer values are cut off. */
    static final int MAX_VALUE_LENGTH = 1_024;
    /** Maximum passages of one field. Further passages are dropped. */
    static final int MAX_PASSAGES_PER_FIELD = 20_000;

    private static final int MAX_DETAIL_LENGTH = 100;

    private final List<Passage> passages = new ArrayList<>();
    private final Set<Passage> seen = new HashSet<>();
    private final Map<Field, FieldExtent> extents = new EnumMap<>(Field.class);
    /** What the markup of the page says, once data of scripts is added; see {@link #skipRepetitions}. */
    private @Nullable WordSequences said;

    /** Number of passages in a field, and the offset of the next one. */
    private static final class FieldExtent {
        private int count;
        private int nextOffset;
    }

    /** Adds a value with white space collapsed, cut to {@link #MAX_VALUE_LENGTH}. Ignores empty values. */
    void add(Field field, String detail, String value, boolean hidden) {
        String text = CollapsedText.collapse(value, MAX_VALUE_LENGTH);
        if (!text.isEmpty()) {
            keep(field, detail, text, hidden);
        }
    }

    /**
     * Adds a value unless the field has a passage with the same detail, text and visibility. Pages repeat the same
     * reference for each product, which adds no evidence.
     */
    void addOnce(Field field, String detail, String value, boolean hidden) {
        String text = CollapsedText.collapse(value, MAX_VALUE_LENGTH);
        if (!text.isEmpty()
                && seen.size() < MAX_PASSAGES_PER_FIELD
                && seen.add(new Passage(field, detail, text, 0, hidden))) {
            keep(field, detail, text, hidden);
        }
    }

    /**
     * Adds the text of a block, white space already collapsed, in pieces of at most {@link #MAX_BLOCK_LENGTH}
     * characters.
     */
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

    /**
     * Drops each further passage of running text, headings and links that repeats visible text of the page. Pages that
     * a server renders hold the same text again, as data for their scripts.
     */
    void skipRepetitions() {
        WordSequences words = new WordSequences();
        for (Passage passage : passages) {
            if (!passage.hidden() && isVisibleText(passage)) {
                words.add(passage.text());
            }
        }
        said = words;
    }

    private static boolean isVisibleText(Passage passage) {
        return switch (passage.field()) {
            case TITLE, HEADING, TEXT -> true;
            case LINK, FORM, IMAGE -> !isReference(passage.detail());
            default -> false;
        };
    }

    private static boolean isReference(String detail) {
        return switch (detail) {
            case "href", "canonical", "action", "name", "class", "id", "src" -> true;
            default -> false;
        };
    }

    private static boolean isRepetition(WordSequences words, Field field, String detail, String text) {
        boolean prose = field.isRunningText() || field == Field.HEADING || field == Field.LINK && !isReference(detail);
        return prose && !words.addUnlessRepeated(text);
    }

    private void keep(Field field, String detail, String text, boolean hidden) {
        if (said != null && isRepetition(said, field, detail, text)) {
            return;
        }
        FieldExtent extent = extents.computeIfAbsent(field, f -> new FieldExtent());
        if (extent.count == MAX_PASSAGES_PER_FIELD) {
            return;
        }
        passages.add(new Passage(field, cleanDetail(detail), text, extent.nextOffset, hidden));
        extent.count++;
        extent.nextOffset += text.length() + 1;
    }

    /**
     * Returns a detail without white space runs and control characters. A detail may be a JSON key or attribute of the
     * page.
     */
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

    /** Returns the passages in the order in which they were added; not a copy. */
    List<Passage> passages() {
        return passages;
    }
}
