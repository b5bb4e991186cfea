package org.markwatch.extract;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;

/** Collects the passages of one page, and limits their number and length. */
final class PassageCollector {
    /** Maximum characters of a passage of a block. Longer blocks are split at a space. */
    static final int MAX_BLOCK_LENGTH = 8_192;
    /** Maximum characters of any other passage. Longer values are cut off. */
    static final int MAX_VALUE_LENGTH = 1_024;
    /**
     * Maximum passages of one field that visitors see. Of more, those in the middle are dropped, so that nothing that stands in
     * one place of a page, however much it is, leaves no room for what stands before and behind it.
     */
    static final int MAX_PASSAGES_PER_FIELD = 20_000;
    /** Maximum hidden passages of one field beside them. */
    private static final int MAX_HIDDEN_PER_FIELD = MAX_PASSAGES_PER_FIELD / 2;

    private static final int MAX_DETAIL_LENGTH = 100;
    private static final int INITIAL_BYTES = 1 << 15;

    private final PassageList.PassageListBuilder passages = new PassageList.PassageListBuilder(INITIAL_BYTES);
    private final Set<Passage> seen = new HashSet<>();
    private final Map<Field, FieldExtent> extents = new EnumMap<>(Field.class);
    private final PageWords words;
    /** Whether repetitions are dropped; see {@link #skipRepetitions}. */
    private boolean skipsRepetitions;

    /** Number of passages in a field, and the offset of the next one if none was dropped. */
    private static final class FieldExtent {
        private int shown;
        private int hidden;
        private int nextOffset;
    }

    /** @param url URL of the page */
    PassageCollector(HttpUrl url) {
        this.words = new PageWords(url);
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
        if (seen.size() == MAX_PASSAGES_PER_FIELD) {
            seen.clear(); // a repetition costs little
        }
        if (!text.isEmpty() && seen.add(new Passage(field, detail, text, 0, hidden))) {
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
        for (int p = 0; p < passages.size(); p++) {
            Passage passage = passages.get(p);
            boolean label = switch (passage.field()) {
                case LINK, FORM, IMAGE -> !isReference(passage.detail());
                default -> false;
            };
            if (label && !passage.hidden()) {
                words.read(passage.text(), passages.utf8(), passages.start(p), passages.end(p));
                words.keep();
            }
        }
        skipsRepetitions = true;
    }

    private static boolean isReference(String detail) {
        return switch (detail) {
            case "href", "canonical", "action", "name", "class", "id", "src" -> true;
            default -> false;
        };
    }

    private void keep(Field field, String detail, String text, boolean hidden) {
        FieldExtent extent = extents.computeIfAbsent(field, f -> new FieldExtent());
        passages.add(new Passage(field, cleanDetail(detail), text, extent.nextOffset, hidden));
        if (isRead(field, detail, hidden) && !readWords(field, text, hidden)) {
            passages.removeLast();
            return;
        }
        extent.shown += hidden ? 0 : 1;
        extent.hidden += hidden ? 1 : 0;
        extent.nextOffset += text.length() + 1;
        limit(field, extent, 2);
    }

    /** Drops passages if a field has at least so many times as many as it may. */
    private void limit(Field field, FieldExtent extent, int times) {
        if (extent.shown > times * MAX_PASSAGES_PER_FIELD) {
            passages.dropMiddle(field, false, extent.shown, MAX_PASSAGES_PER_FIELD);
            extent.shown = MAX_PASSAGES_PER_FIELD;
        }
        if (extent.hidden > times * MAX_HIDDEN_PER_FIELD) {
            passages.dropMiddle(field, true, extent.hidden, MAX_HIDDEN_PER_FIELD);
            extent.hidden = MAX_HIDDEN_PER_FIELD;
        }
    }

    /** Whether the words of a passage count. */
    private boolean isRead(Field field, String detail, boolean hidden) {
        return !hidden && isShownText(field) || skipsRepetitions && isProse(field, detail);
    }

    private static boolean isShownText(Field field) {
        return field == Field.TITLE || field == Field.HEADING || field.isRunningText();
    }

    private static boolean isProse(Field field, String detail) {
        return field.isRunningText() || field == Field.HEADING || field == Field.LINK && !isReference(detail);
    }

    /** Reads the words of the passage added last; returns false if it is a repetition and to be dropped. */
    private boolean readWords(Field field, String text, boolean hidden) {
        int last = passages.size() - 1;
        words.read(text, passages.utf8(), passages.start(last), passages.end(last));
        if (skipsRepetitions && field != Field.TITLE && words.areRepeated()) {
            words.drop();
            return false;
        }
        words.keep();
        if (!hidden && isShownText(field)) {
            words.count();
        }
        return true;
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

    /** Returns the passages in the order in which they were added. Call it last. */
    PassageList passages() {
        extents.forEach((field, extent) -> limit(field, extent, 1));
        return passages.build();
    }

    /** Returns the near-duplicate hash of the visible title, headings and running text; see {@link PageWords}. */
    long nearDuplicateHash() {
        return words.nearDuplicateHash();
    }
}
