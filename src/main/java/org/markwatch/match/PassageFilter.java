package org.markwatch.match;

import java.util.Collection;
import java.util.stream.Stream;
import org.markwatch.brand.BrandScan;
import org.markwatch.extract.PassageList;
import org.markwatch.text.DisguisePlaces;
import org.markwatch.text.FoldedPage;
import org.markwatch.text.Folding;
import org.markwatch.text.PatternIndex;
import org.markwatch.text.Words;
import org.markwatch.watchlist.Field;

/**
 * Tells which passages of a page are worth reading. Nearly all of a page lies in passages in which there is nothing, and to tell
 * so costs far less than to look: no word of them may be in a phrase or begin a string, and nothing else is looked for in such a
 * text. What that takes is not asked of each of them but kept at hand. For one page and one thread.
 */
final class PassageFilter {
    private static final int LOGOS = bits(BrandScan.READ_FOR_LOGOS);
    private static final int OF_WORDS =
            bits(Stream.of(Field.values()).filter(Field::holdsWords).toList());

    private final CompiledRules rules;
    private final PassageList passages;
    private final FoldedPage folded;
    private final PatternIndex.Places places;

    /** @param places where something may be, in the words of the folded page; moves on as the passages are read */
    PassageFilter(CompiledRules rules, PassageList passages, FoldedPage folded, PatternIndex.Places places) {
        this.rules = rules;
        this.passages = passages;
        this.folded = folded;
        this.places = places;
    }

    private static int bits(Collection<Field> fields) {
        return fields.stream().mapToInt(field -> 1 << field.ordinal()).sum();
    }

    /** Returns the next passage from one on that is worth reading, or their number. */
    int next(int from) {
        Words words = folded.words();
        int count = passages.size();
        int traits = rules.traitsToRead;
        int fields = rules.fieldsToRead;
        int ofNumbers = rules.fieldsOfNumbers;
        int ofAccounts = rules.fieldsOfAccounts;
        int logos = rules.brands.isJudging() ? LOGOS : 0;
        int place = places.next();
        DisguisePlaces disguises = words.disguises();
        int disguise =
                rules.index.hasPhrases() && from < count ? disguises.next(passages.start(from)) : Integer.MAX_VALUE;
        int longWord = ofAccounts != 0 && from < count ? words.nextLong(passages.start(from)) : Integer.MAX_VALUE;
        for (int p = from; p < count; p++) {
            int end = passages.end(p);
            if (longWord < passages.start(p)) {
                longWord = words.nextLong(passages.start(p));
            }
            if (place < end
                    || folded.has(p, traits)
                    || passages.isInFields(p, fields)
                    || passages.isInFields(p, logos) && mayShowLogo(p)
                    || passages.isInFields(p, ofNumbers) && hasDigit(words, passages.start(p), end)
                    || longWord < end && passages.isInFields(p, ofAccounts)) {
                return p;
            }
            if (disguise < end) {
                if (passages.isInFields(p, OF_WORDS)) {
                    return p;
                }
                disguise = disguises.next(end);
            }
        }
        return count;
    }

    private static boolean hasDigit(Words words, int from, int to) {
        return words.disguises().mayHaveDigit(from, to) && words.bytes().hasDigit(from, to);
    }

    private boolean mayShowLogo(int passage) {
        return folded.has(passage, Folding.FOREIGN)
                || rules.brands.mayShowLogo(folded.words().bytes(), passages.start(passage), passages.end(passage));
    }
}
