package org.markwatch.match;

/**
 * Everything that is looked for by characters, in one place: whole words by hash, the rest by automaton.
 *
 * <p>What begins where a word begins is looked for only there, as long as the text is ASCII: in other scripts words and their
 * bounds are not the same for a rule and for {@link Words}. Immutable, for any number of threads.
 */
final class PatternIndex {
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
        needed = builder.anywhereInAscii
                ? -1
                : builder.anywhereNeedsDigit ? Folding.DIGIT | Folding.FOREIGN : Folding.FOREIGN;
    }

    /** Reports phrases. */
    void phrases(FoldedText text, Hits hits) {
        char[] chars = text.buffer();
        int length = text.length();
        phrases.scan(chars, text.words(), hits);
        if (!text.words().unspaced) {
            return;
        }
        unspaced.scan(chars, length, (target, start, end) -> {
            if (isEdge(chars, start - 1, start, length) && isEdge(chars, end - 1, end, length)) {
                hits.add(target, start, end);
            }
        });
    }

    /**
     * Whether any phrase may have a word.
     *
     * @param word   letters of ASCII, which are folded in place
     * @param buffer for the word
     */
    boolean mayHaveWord(char[] word, int length, Words buffer) {
        buffer.read(word, length, Folding.TABLE);
        return buffer.count != 1 || phrases.mayHaveWord(buffer.hash[0]);
    }

    /** Reports host names and literals of regular expressions. */
    void strings(FoldedText text, Hits hits) {
        if (text.has(Folding.FOREIGN)) {
            opening.scan(text.buffer(), text.length(), hits);
        } else {
            opening.scanWordStarts(text.buffer(), text.length(), text.words(), hits);
        }
        if (needed == -1 || text.has(needed)) {
            anywhere.scan(text.buffer(), text.length(), hits);
        }
    }

    /** Whether no word of a script with spaces goes on from one place to the next. */
    private static boolean isEdge(char[] chars, int before, int after, int length) {
        return before < 0
                || after >= length
                || Folding.CLASSES[chars[before]] != Folding.WORD
                || Folding.CLASSES[chars[after]] != Folding.WORD;
    }

    /** Collects patterns. */
    static final class Builder {
        private final PhraseIndex.Builder phrases = new PhraseIndex.Builder();
        private final Automaton.Builder unspaced = new Automaton.Builder();
        private final Automaton.Builder opening = new Automaton.Builder();
        private final Automaton.Builder anywhere = new Automaton.Builder();
        private boolean anywhereInAscii;
        private boolean anywhereNeedsDigit;

        /**
         * Words in this order, whole where the script has spaces.
         *
         * @return false if there is nothing in the pattern that could be looked for
         */
        boolean phrase(String pattern, int target) {
            boolean any = false;
            for (String folded : Folding.variants(pattern)) {
                int classes = classes(folded);
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
        void opening(String folded, int target) {
            opening.add(folded, target);
        }

        /**
         * A folded string, anywhere.
         *
         * @param needsDigit whether it counts only in a text that has a digit
         */
        void anywhere(String folded, int target, boolean needsDigit) {
            anywhere.add(folded, target);
            if (folded.chars().allMatch(c -> c < 0x80)) {
                anywhereInAscii |= !needsDigit;
                anywhereNeedsDigit |= needsDigit;
            }
        }

        private static int classes(String folded) {
            int classes = 0;
            for (int i = 0; i < folded.length(); i++) {
                classes |= 1 << Folding.CLASSES[folded.charAt(i)];
            }
            return classes;
        }

        PatternIndex build() {
            return new PatternIndex(this);
        }
    }
}
