package org.markwatch.brand;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/** The wording of a page's passages, each read once when it is asked for. One use per page. */
final class PageWording {
    /** Categories that speak against a claim. They count only in a language of the page: Dutch 'pas' is no French 'pas'. */
    private static final Set<LexiconCategory> AGAINST = EnumSet.of(
            LexiconCategory.NOT,
            LexiconCategory.DENIED,
            LexiconCategory.REFUSED_AFTER,
            LexiconCategory.IMPOSSIBLE,
            LexiconCategory.BUT,
            LexiconCategory.EXCEPT,
            LexiconCategory.SPENT,
            LexiconCategory.OTHERS,
            LexiconCategory.WHO_OTHERS_PAY,
            LexiconCategory.OF_MOST,
            LexiconCategory.TO_MERCHANTS,
            LexiconCategory.PAID_OUT,
            LexiconCategory.MACHINE,
            LexiconCategory.SOON,
            LexiconCategory.MADE_UP,
            LexiconCategory.ENDED,
            LexiconCategory.REPORTED,
            LexiconCategory.AT_WORK,
            LexiconCategory.GUIDE);

    private static final int LABEL = 60;
    /** Passages up to which a label stands above what it labels. */
    private static final int LABEL_REACH = 12;

    private static final int PARAGRAPH = 200;

    private final PageSigns signs;
    private final WordingTrie trie;
    private @Nullable TextSample sample;
    private final Map<Integer, WordingSpans> scanned = new HashMap<>();
    private final Map<Integer, WordingSpans> spans = new HashMap<>();
    private final Map<Integer, Integer> labels = new HashMap<>();

    PageWording(PageSigns signs, WordingTrie trie) {
        this.signs = signs;
        this.trie = trie;
    }

    /** Returns what the beginning of the text tells. */
    TextSample sample() {
        TextSample known = sample;
        if (known == null) {
            known = TextSample.of(signs, trie.languages(), this::all);
            sample = known;
        }
        return known;
    }

    /** Returns the wording of a passage, without what is a part of a brand's name or denies in another language. */
    WordingSpans of(int passage) {
        WordingSpans known = spans.get(passage);
        if (known == null) {
            List<Name> names = signs.namesIn(passage);
            WordingSpans all = all(passage);
            WordingSpans own = names.isEmpty() ? all : all.uncovered((start, end) -> covering(names, start, end));
            known = own.limited(AGAINST, () -> sample().languages());
            spans.put(passage, known);
        }
        return known;
    }

    /** All entries in a passage, in any language. */
    private WordingSpans all(int passage) {
        return scanned.computeIfAbsent(
                passage, unknown -> trie.scan(signs.passage(passage).text()));
    }

    private static int covering(List<Name> names, int start, int end) {
        int low = 0;
        int high = names.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (names.get(middle).start() <= start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return -1;
        }
        Name name = names.get(low - 1);
        return name.end() - name.start() > end - start ? name.end() : -1;
    }

    /** Whether the heading or short text above a passage says how to pay. */
    boolean isLabelledToPay(int passage) {
        int label = labelOf(passage);
        return label >= 0 && saysToPay(label);
    }

    /** Returns the heading or short text above a passage that labels it, or -1. */
    private int labelOf(int passage) {
        Integer known = labels.get(passage);
        if (known == null) {
            known = findLabel(passage);
            labels.put(passage, known);
        }
        return known;
    }

    private int findLabel(int passage) {
        for (int index = passage - 1; index >= Math.max(0, passage - LABEL_REACH); index--) {
            Passage above = signs.passage(index);
            switch (above.field()) {
                case HEADING -> {
                    return above.detail().equals("h1") ? -1 : index;
                }
                case TEXT, SCRIPT_DATA -> {
                    String text = above.text();
                    if (text.length() > PARAGRAPH) {
                        return -1;
                    }
                    if (text.length() <= LABEL && signs.namesIn(index).isEmpty() && isLabel(index)) {
                        return index;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    private boolean isLabel(int index) {
        String text = signs.passage(index).text();
        return text.endsWith(":") || text.endsWith("：") || saysToPay(index);
    }

    /** Whether a short text or heading says how to pay or which cards are taken. */
    boolean saysToPay(int index) {
        WordingSpans spans = of(index);
        return (spans.has(LexiconCategory.PAYING)
                        || spans.has(LexiconCategory.ACCEPTED)
                        || spans.has(LexiconCategory.CARD_WORD)
                        || spans.has(LexiconCategory.CARDS)
                        || signs.hasStrongCue(index))
                && !spans.has(LexiconCategory.GATEWAYS);
    }

    /** Whether a text speaks of paying or giving. */
    boolean saysToPayOrGive(int index) {
        WordingSpans spans = of(index);
        return spans.has(LexiconCategory.PAYING) || spans.has(LexiconCategory.GIVING);
    }

    /** Whether a short text near a passage names cash, bank transfer or the like. */
    boolean isNearOtherWay(int passage, int reach) {
        int last = Math.min(signs.passages.size() - 1, passage + reach);
        for (int index = Math.max(0, passage - reach); index <= last; index++) {
            Passage near = signs.passage(index);
            if (index != passage
                    && near.text().length() <= LABEL
                    && (near.field() == Field.TEXT
                            || near.field() == Field.HEADING
                            || near.field() == Field.SCRIPT_DATA
                            || near.field() == Field.LINK && !near.detail().equals("href"))
                    && of(index).has(LexiconCategory.OTHER_WAY)) {
                return true;
            }
        }
        return false;
    }
}
