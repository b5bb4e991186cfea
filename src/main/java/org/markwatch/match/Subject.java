package org.markwatch.match;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.extract.Passage;
import org.markwatch.match.PageSigns.Cue;
import org.markwatch.match.PageSigns.Name;
import org.markwatch.match.PageSigns.Side;
import org.markwatch.match.PageSigns.Strength;
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
    /** Shorter texts that name the brand of the headline, from which it is. */
    private static final int LABELS = 2;

    private static final Set<String> BUTTONS = Set.of("button", "submit");
    private static final int LONGEST_BUTTON = 40;
    /** Listings of code, from which a page is one of a manual. */
    private static final int MANUAL = 3;

    /**
     * @param signs  of a page that names brands
     * @param titles wording in headings that says what is taken
     * @param data   whether the data of scripts count as text
     */
    static Subject of(PageSigns signs, List<Cue> titles, boolean data) {
        boolean place = false;
        int listings = 0;
        for (Passage passage : signs.passages) {
            if (PageSigns.isHeadline(passage)) {
                place |= signs.clauses.isPayingInAPlace(passage.text());
            } else if (passage.field() == Field.TEXT && passage.detail().equals("pre") && !passage.hidden()) {
                listings++;
            }
        }
        boolean till = signs.isTakingOrders()
                || titles.stream().anyMatch(cue -> isHeadline(signs, cue))
                || signs.cues.stream().anyMatch(cue -> isButton(signs, cue));
        Places places = new Places(signs, titles, data);
        boolean article = place || places.inHeadlineAndText();
        return new Subject(listings >= MANUAL || !till && (article || places.again()), article);
    }

    /** Whether what a text says of brands is told of others: all of such a page, of a shop's article the paragraphs. */
    boolean isTold(Passage passage) {
        return brands || article && isParagraph(passage);
    }

    /** Where the brands of a page are named. */
    private static final class Places {
        /** Brands of the title or headline, where that does not say that they are taken. */
        private final BitSet headline = new BitSet();
        /** Whether one of these asks about two of them: {@code Visa or Mastercard?} */
        private boolean asked;
        /** By brand, paragraphs that name it, and shorter texts. */
        private final Map<Integer, Integer> paragraphs = new HashMap<>();

        private final Map<Integer, Integer> labels = new HashMap<>();
        private boolean wallet;

        Places(PageSigns signs, List<Cue> titles, boolean data) {
            BitSet taking = new BitSet();
            titles.forEach(cue -> taking.set(cue.passage()));
            BitSet cued = new BitSet();
            signs.cues.forEach(cue -> cued.set(cue.passage()));
            Map<Integer, Integer> last = new HashMap<>();
            int read = -1;
            int first = -1;
            for (Name name : signs.names) {
                int index = name.passage();
                Passage passage = signs.passage(index);
                if (passage.hidden()
                        || !data && passage.field() == Field.SCRIPT_DATA
                        || name.ambiguous() && signs.homonym) {
                    continue;
                }
                wallet |= read != index && signs.clauses.isOfWallet(passage.text());
                read = index;
                if (Integer.valueOf(index).equals(last.put(name.brand(), index))) {
                    continue;
                }
                if (PageSigns.isHeadline(passage)) {
                    headline.set(name.brand(), headline.get(name.brand()) || !taking.get(index));
                    asked |= first == index && passage.text().indexOf('?') >= 0 && !cued.get(index);
                    first = index;
                } else if (passage.field() == Field.TEXT
                        || passage.field() == Field.HEADING
                        || passage.field() == Field.SCRIPT_DATA) {
                    (isParagraph(passage) ? paragraphs : labels).merge(name.brand(), 1, Integer::sum);
                }
            }
        }

        boolean inHeadlineAndText() {
            return asked
                    || headline.stream()
                            .anyMatch(
                                    brand -> paragraphs.containsKey(brand) || labels.getOrDefault(brand, 0) >= LABELS);
        }

        /** Whether paragraphs name the same brand again, or a text puts the cards that it names into a wallet. */
        boolean again() {
            return wallet || paragraphs.values().stream().anyMatch(count -> count >= PARAGRAPHS);
        }
    }

    /** Whether a text is longer than labels and entries of lists are. */
    static boolean isParagraph(Passage passage) {
        // ideographs say twice as much
        boolean dense = Folding.CLASSES[passage.text().charAt(0)] == Folding.UNSPACED;
        return passage.field().isRunningText() && passage.text().length() > (dense ? SHORT_TEXT / 2 : SHORT_TEXT);
    }

    /** Whether a button, which does what it says, says how to pay: {@code Pay with PayPal}. */
    private static boolean isButton(PageSigns signs, Cue cue) {
        Passage passage = signs.passage(cue.passage());
        return passage.field() == Field.LINK
                && BUTTONS.contains(passage.detail())
                && cue.strength() != Strength.WEAK
                && cue.side() == Side.NAME_AFTER
                && passage.text().length() <= LONGEST_BUTTON
                && signs.hasName(cue.passage());
    }

    /** Whether the page's headline says how to pay and hardly anything else: {@code Payment methods}. */
    private static boolean isHeadline(PageSigns signs, Cue cue) {
        Passage passage = signs.passage(cue.passage());
        return PageSigns.isHeadline(passage)
                && 2 * (cue.end() - cue.start()) >= passage.text().length();
    }
}
