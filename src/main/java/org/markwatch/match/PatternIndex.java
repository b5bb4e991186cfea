package org.markwatch.match;

/**
 * Everything that is looked for by characters, in one place: whole words by hash, the rest by automaton.
 *
 * <p>Immutable, for any number of threads.
 */
final class PatternIndex {
    private final PhraseIndex phrases;
    private final Automaton unspaced;
    private final Automaton anywhere;

    private PatternIndex(Builder builder) {
        phrases = builder.phrases.build();
        unspaced = builder.unspaced.build();
        anywhere = builder.anywhere.build();
    }

    /** Reports phrases; {@code words} are those of {@code text}. */
    void phrases(FoldedText text, Words words, Hits hits) {
        char[] chars = text.buffer();
        int length = text.length();
        phrases.scan(chars, words, hits);
        if (!words.unspaced) {
            return;
        }
        unspaced.scan(chars, length, (target, start, end) -> {
            if (isEdge(chars, start - 1, start, length) && isEdge(chars, end - 1, end, length)) {
                hits.add(target, start, end);
            }
        });
    }

    /** Reports what may stand anywhere: host names and literals of regular expressions. */
    void anywhere(FoldedText text, Hits hits) {
        anywhere.scan(text.buffer(), text.length(), hits);
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
        private final Automaton.Builder anywhere = new Automaton.Builder();

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

        /** A folded string, anywhere. */
        void anywhere(String folded, int target) {
            anywhere.add(folded, target);
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
