package org.markwatch.brand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;

/**
 * What the beginning of a page's visible text tells of the whole: its languages, and how much of it tells of paying,
 * of cards and of firms, quotes, speaks to merchants, and warns.
 *
 * @param languages languages of the text; any if it does not tell
 * @param payments  passages that speak of paying, quote nothing and describe no marks
 * @param cards     passages that speak of cards, quote nothing and describe no marks
 * @param firms     passages that speak of clients, partners or sponsors, quote nothing and name no brand
 * @param quoting   passages that quote
 * @param merchants share of the characters in passages that speak to merchants or of their software, from 0 to 1
 * @param warned    share of the characters in passages that warn, from 0 to 1
 */
record TextSample(
        Languages languages, int payments, int cards, int firms, int quoting, double merchants, double warned) {
    /** Characters that are read. */
    private static final int LENGTH = 4_000;
    /** Characters of a shorter text: below them, one sentence would be most of it. */
    private static final int LEAST_LENGTH = 300;
    /** Texts to merchants that a page of nothing else has, at least. */
    private static final int LEAST_TEXTS = 6;
    /** Characters of a quotation that says something, and is not a mere name. */
    private static final int SHORTEST_QUOTATION = 8;
    /** Entries below which a text does not tell its languages. */
    private static final double FEWEST_VOTES = 4;
    /** Share of the entries of the first language from which another is a language of the page too. */
    private static final double ALSO_SPOKEN = 0.4;

    /**
     * Reads the beginning of a page's text.
     *
     * @param languages number of languages that are told apart
     * @param wording   gives the entries in a passage by its index
     */
    static TextSample of(PageSigns signs, int languages, IntFunction<WordingSpans> wording) {
        double[] votes = new double[languages];
        int read = 0;
        int payments = 0;
        int cards = 0;
        int firms = 0;
        int quoting = 0;
        List<Integer> merchants = new ArrayList<>();
        int warned = 0;
        for (int index = 0; index < signs.passages.size() && read < LENGTH; index++) {
            Passage passage = signs.passage(index);
            if (passage.hidden() || passage.field() != Field.TEXT && passage.field() != Field.HEADING) {
                continue;
            }
            int length = passage.text().length();
            WordingSpans found = wording.apply(index);
            vote(found, votes);
            read += length;
            if (found.has(LexiconCategory.TO_MERCHANTS) || found.has(LexiconCategory.GATEWAYS)) {
                merchants.add(length);
            }
            // one text that an owner adds speaks against claims in one way rather than in all at once
            if (new Quotations(passage.text()).length() >= SHORTEST_QUOTATION) {
                quoting++;
            } else {
                boolean article = signs.contexts.contains(index);
                payments += !article && found.has(LexiconCategory.PAYING) ? 1 : 0;
                cards += !article && found.has(LexiconCategory.CARD_WORD) ? 1 : 0;
                firms += found.has(LexiconCategory.FIRMS) && !signs.hasName(index) ? 1 : 0;
            }
            warned += found.has(LexiconCategory.WARNING) ? length : 0;
        }
        return new TextSample(
                languages(votes),
                payments,
                cards,
                firms,
                quoting,
                share(merchants, Math.max(read, LEAST_LENGTH)),
                (double) warned / Math.max(read, LEAST_LENGTH));
    }

    /** Returns the share of some texts in all, of each no more than a part: one text is not what a page is for. */
    private static double share(List<Integer> lengths, int all) {
        double most = (double) all / LEAST_TEXTS;
        return lengths.stream().mapToDouble(length -> Math.min(length, most)).sum() / all;
    }

    private static void vote(WordingSpans found, double[] votes) {
        for (int span = 0; span < found.size(); span++) {
            Languages languages = found.languages(span);
            if (WordingTrie.tellsLanguage(languages)) {
                double share = 1.0 / languages.size();
                languages.numbers().stream().forEach(language -> votes[language] += share);
            }
        }
    }

    private static Languages languages(double[] votes) {
        double most = 0;
        double all = 0;
        for (double of : votes) {
            most = Math.max(most, of);
            all += of;
        }
        if (all < FEWEST_VOTES) {
            return Languages.ANY;
        }
        BitSet spoken = new BitSet();
        for (int language = 0; language < votes.length; language++) {
            spoken.set(language, votes[language] >= ALSO_SPOKEN * most);
        }
        return new Languages(spoken);
    }
}
