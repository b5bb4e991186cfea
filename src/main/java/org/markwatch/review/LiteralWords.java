package org.markwatch.review;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words that the watchlist wrote, compared without regard to case and diacritics. Immutable.
 *
 * @param words folded words
 * @param more  further words, null for none
 */
public record LiteralWords(Set<String> words, @Nullable LiteralWords more) {
    /** No words. */
    public static final LiteralWords NONE = new LiteralWords(Set.of(), null);

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final int LONGEST = 64;
    /** Scripts without spaces between words. */
    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    /** Returns the words of texts. */
    static LiteralWords of(Collection<String> texts) {
        Set<String> words = new HashSet<>();
        for (String text : texts) {
            Matcher word = WORD.matcher(text);
            while (word.find()) {
                words.add(fold(word.group()));
            }
        }
        return new LiteralWords(Set.copyOf(words), null);
    }

    LiteralWords and(LiteralWords others) {
        return new LiteralWords(words, others);
    }

    /**
     * Returns whether a word of a page is one of these words, or some of them joined, like {@code memberships} of
     * {@code member}, {@code ship} and {@code s}. Single letters alone do not make a word.
     */
    boolean wrote(String word) {
        String folded = fold(word);
        if (has(folded)) {
            return true;
        }
        return folded.length() <= LONGEST && isJoined(folded);
    }

    /**
     * Returns the length of the longest of these words that a text in a script without spaces has at an offset; 0 for
     * none.
     */
    int lengthAt(String text, int offset) {
        if (!UNSPACED.contains(UnicodeScript.of(text.codePointAt(offset)))) {
            return 0;
        }
        for (int end = Math.min(text.length(), offset + LONGEST); end > offset; end--) {
            if (has(fold(text.substring(offset, end)))) {
                return end - offset;
            }
        }
        return 0;
    }

    private boolean isJoined(String word) {
        // reached[i]: 0 no, 1 by single letters only, 2 with a longer piece
        int[] reached = new int[word.length() + 1];
        reached[0] = 1;
        for (int from = 0; from < word.length(); from++) {
            for (int to = from + 1; reached[from] > 0 && to <= word.length(); to++) {
                if (has(word.substring(from, to))) {
                    reached[to] = Math.max(reached[to], Math.max(reached[from], to - from > 1 ? 2 : 1));
                }
            }
        }
        return reached[word.length()] == 2;
    }

    private boolean has(String folded) {
        return words.contains(folded) || (more != null && more.has(folded));
    }

    private static String fold(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** Returns the word pattern: letters, digits and combining marks. */
    static List<int[]> wordsIn(String text) {
        return WORD.matcher(text)
                .results()
                .map(found -> new int[] {found.start(), found.end()})
                .toList();
    }
}
