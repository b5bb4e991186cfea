package org.markwatch.match;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.extract.Passage;
import org.markwatch.match.PageSigns.Cue;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.watchlist.Field;

/**
 * What a page is about. Who takes a brand says so once; who writes about it has it in the title, or in one paragraph after the other.
 * What is told of brands is told of others, unless it is said in the first person.
 *
 * @param brands  whether the page tells of brands, and has nothing of a till
 * @param article whether its headline does, be it on the site of a shop
 */
record Subject(boolean brands, boolean article) {
    static final Subject ANYTHING = new Subject(false, false);

    /** Characters of a text that is no paragraph yet. */
    private static final int SHORT_TEXT = 100;
    /** Paragraphs that name the same brand, from which the page is about it. */
    private static final int PARAGRAPHS = 2;
    /** Listings of code, from which a page is one of a manual. */
    private static final int MANUAL = 3;

    /**
     * @param signs  of a page that names brands
     * @param titles wording in headings that says what is taken
     */
    static Subject of(PageSigns signs, List<Cue> titles) {
        boolean headline = isInHeadline(signs, titles);
        int listings = 0;
        for (Passage passage : signs.passages) {
            if (Impersonation.isHeadline(passage)) {
                headline |= PayingClauses.isPayingInAPlace(passage.text());
            } else if (passage.field() == Field.TEXT && passage.detail().equals("pre") && !passage.hidden()) {
                listings++;
            }
        }
        boolean till = signs.isTakingOrders() || titles.stream().anyMatch(cue -> isHeadline(signs, cue));
        boolean told = headline || paragraphs(signs) >= PARAGRAPHS;
        return new Subject(listings >= MANUAL || told && !till, headline);
    }

    /** Whether what a text says of brands is told of others: all of such a page, of a shop's article the paragraphs. */
    boolean isTold(Passage passage) {
        return brands || article && isParagraph(passage);
    }

    private static boolean isInHeadline(PageSigns signs, List<Cue> titles) {
        BitSet taking = new BitSet();
        titles.forEach(cue -> taking.set(cue.passage()));
        return signs.names.stream()
                .anyMatch(name -> isMeant(signs, name)
                        && Impersonation.isHeadline(signs.passage(name.passage()))
                        && !taking.get(name.passage()));
    }

    /** Most paragraphs that name the same brand. */
    private static int paragraphs(PageSigns signs) {
        Map<Integer, Integer> last = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        int most = 0;
        for (Name name : signs.names) {
            if (isMeant(signs, name) && isParagraph(signs.passage(name.passage()))) {
                Integer before = last.put(name.brand(), name.passage());
                if (before == null || before != name.passage()) {
                    most = Math.max(most, counts.merge(name.brand(), 1, Integer::sum));
                }
            }
        }
        return most;
    }

    private static boolean isMeant(PageSigns signs, Name name) {
        return !signs.passage(name.passage()).hidden() && !(name.ambiguous() && signs.homonym);
    }

    /** Whether a text is longer than labels and entries of lists are. */
    private static boolean isParagraph(Passage passage) {
        // ideographs say twice as much
        boolean dense = Folding.CLASSES[passage.text().charAt(0)] == Folding.UNSPACED;
        return passage.field() == Field.TEXT && passage.text().length() > (dense ? SHORT_TEXT / 2 : SHORT_TEXT);
    }

    /** Whether the page's headline says how to pay and hardly anything else: {@code Payment methods}. */
    private static boolean isHeadline(PageSigns signs, Cue cue) {
        Passage passage = signs.passage(cue.passage());
        return Impersonation.isHeadline(passage)
                && 2 * (cue.end() - cue.start()) >= passage.text().length();
    }
}
