package org.markwatch.text;

import java.util.stream.IntStream;

/**
 * Everything that is looked for by characters, in one place: whole words by hash, the rest by automaton.
 *
 * <p>What begins where a word begins is looked for only there, as long as the text is ASCII: in other scripts words and their
 * bounds are not the same for a rule and for {@link Words}. Immutable, for any number of threads.
 */
public final class PatternIndex {
    private final PhraseIndex phrases;
    private final Automaton unspaced;
    private final Automaton opening;
    private final Automaton anywhere;
    /** Traits without which a text has nothing of {@link #anywhere}. */
    private final int needed;

    private PatternIndex(Builder builder) {
        phrases = builder.phrases.build();
        unspaced = builder.unspaced.build();
        opening = builder.opening.build();
        anywhere = builder.anywhere.build();
        needed = builder.neededAnywhere;
    }

    /** Where in a text something may be: what is asked of every word, and is best asked of a whole page at once. */
    public static final class Places {
        private final Candidates phrases = new Candidates();
        private final Candidates openings = new Candidates();

        /** Where the next one begins that was not asked for yet, the greatest number if there is none. */
        public int next() {
            return Math.min(phrases.place(), openings.place());
        }
    }

    /** Traits with which a text is to be read whatever words it has; -1 for any text. */
    public int traitsToRead() {
        return needed | Folding.UNEVEN | Folding.FOREIGN_LETTER;
    }

    /** Finds the words that are worth a closer look. */
    public void find(Words words, Places places) {
        phrases.findCandidates(words, places.phrases);
        opening.findCandidates(words, places.openings);
    }

    /**
     * Reports phrases.
     *
     * @param places of the words that those of the text are among; pieces of a page are asked for in their order
     */
    public void phrases(FoldedText text, Places places, Hits hits) {
        int offset = text.offset();
        int limit = text.limit();
        char[] chars = text.buffer();
        Words words = text.words();
        for (int w = places.phrases.next(offset, limit); w >= 0; w = places.phrases.next(offset, limit)) {
            phrases.verify(chars, words, w, (target, start, end) -> hits.add(target, start - offset, end - offset));
        }
        if (text.has(Folding.OF_UNSPACED)) {
            unspaced.scan(chars, offset, limit, (target, start, end) -> {
                if (isEdge(text, start - offset) && isEdge(text, end - offset)) {
                    hits.add(target, start - offset, end - offset);
                }
            });
        }
    }

    public boolean hasPhrases() {
        return !phrases.isEmpty();
    }

    /** Whether any phrase may have a word, of letters of ASCII. */
    public boolean mayHaveWord(char[] letters, int length) {
        return phrases.mayHaveWord(Words.hash(letters, length));
    }

    /** Reports host names and literals of regular expressions. */
    public void strings(FoldedText text, Places places, Hits hits) {
        int offset = text.offset();
        int limit = text.limit();
        char[] chars = text.buffer();
        Words words = text.words();
        if (text.has(Folding.FOREIGN_LETTER)) {
            opening.scan(chars, offset, limit, (target, start, end) -> hits.add(target, start - offset, end - offset));
        } else {
            for (int w = places.openings.next(offset, limit); w >= 0; w = places.openings.next(offset, limit)) {
                opening.scanFrom(
                        chars,
                        words.start(w),
                        limit,
                        (target, start, end) -> hits.add(target, start - offset, end - offset));
            }
        }
        if (needed == -1 || text.has(needed)) {
            anywhere.scan(chars, offset, limit, (target, start, end) -> hits.add(target, start - offset, end - offset));
        }
    }

    /** Whether no word of a script with spaces goes on across a place. */
    private static boolean isEdge(FoldedText text, int place) {
        return place == 0
                || place >= text.length()
                || Folding.CLASSES[text.charAt(place - 1)] != Folding.WORD
                || Folding.CLASSES[text.charAt(place)] != Folding.WORD;
    }

    /** Collects patterns. */
    public static final class Builder {
        private final PhraseIndex.Builder phrases = new PhraseIndex.Builder();
        private final Automaton.Builder unspaced = new Automaton.Builder();
        private final Automaton.Builder opening = new Automaton.Builder();
        private final Automaton.Builder anywhere = new Automaton.Builder();
        private int neededAnywhere;

        /**
         * Words in this order, whole where the script has spaces.
         *
         * @return false if there is nothing in the pattern that could be looked for
         */
        public boolean phrase(String pattern, int target) {
            boolean any = false;
            for (String folded : Folding.variants(pattern)) {
                int classes = classes(folded.chars());
                if ((classes & 1 << Folding.UNSPACED) != 0) {
                    unspaced.add(folded, target);
                    any = true;
                } else if ((classes & 1 << Folding.WORD) != 0) {
                    phrases.add(folded, target);
                    any = true;
                }
            }
            return any;
        }

        /** A folded string that counts only where a word begins. In a text that is not ASCII it is reported anywhere. */
        public void opening(String folded, int target) {
            opening.add(folded, target);
        }

        /**
         * A folded string, anywhere.
         *
         * @param needsDigit whether it counts only in a text that has a digit
         */
        public void anywhere(String folded, int target, boolean needsDigit) {
            anywhere.add(folded, target);
            neededAnywhere |= needed(folded, needsDigit);
        }

        /** Traits of which a text that has a string has one. */
        private static int needed(String folded, boolean needsDigit) {
            int classes = classes(folded.chars().filter(c -> c >= 0x80));
            if ((classes & 1 << Folding.UNSPACED) != 0) {
                return Folding.OF_UNSPACED
                        | Folding.UNEVEN; // of one character that became several, only the latter is known
            }
            if ((classes & 1 << Folding.WORD) != 0) {
                return Folding.FOREIGN_LETTER;
            }
            if (classes != 0) {
                return Folding.FOREIGN;
            }
            return needsDigit ? Folding.DIGIT | Folding.FOREIGN_LETTER : -1;
        }

        private static int classes(IntStream characters) {
            return characters.map(c -> 1 << Folding.CLASSES[c]).reduce(0, (one, other) -> one | other);
        }

        public PatternIndex build() {
            return new PatternIndex(this);
        }
    }
}
