package org.markwatch.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What each character is compared as: NFKC, without case, zero-width characters, soft hyphens, full width and lookalikes.
 *
 * <p>Each character folds by itself, so that one table serves and places stay exact; only combining marks look at the character
 * before them. Diacritics are kept: brand names and common words of other languages differ in nothing else (Swedish and
 * Spanish words such as <i>vísa</i>), so {@link Disguise} drops them in a reading of its own, for part of the points. A mark that does not make a
 * letter with what it stands on (strike-through, stacked marks) is a disguise and is dropped.
 */
public final class Folding {
    private Folding() {}

    /** Class of a folded character that separates words. */
    public static final byte SEPARATOR = 0;
    /** Class of a folded character that makes up words. */
    public static final byte WORD = 1;
    /** Class of letters of scripts that are written without spaces. */
    public static final byte UNSPACED = 2;
    /** Class of a separator that no phrase reaches across. */
    static final byte BREAK = 3;

    /** Trait of a digit of ASCII. What a text lacks need not be looked for in it. */
    public static final int DIGIT = 1 << 16;
    /** Trait of what is no ASCII, but for signs between words. */
    public static final int FOREIGN_LETTER = 1 << 17;
    /** Trait of what is no ASCII. */
    public static final int FOREIGN = 1 << 18;
    /** Trait of a letter of a script that is written without spaces. */
    static final int OF_UNSPACED = 1 << 19;
    /** Trait of what does not become one character, and of a space after a space. */
    static final int UNEVEN = 1 << 20;
    /** Trait of ASCII of which it is not known yet whether it has a digit. */
    static final int PLAIN = 1 << 21;
    /** Of what makes up words: the sign of the byte. */
    private static final int OF_WORD = 1 << 31;
    /** Where a byte begins that stands for the folded character in a hash. */
    static final int BYTE = 24;

    /**
     * By character of an original: the folded character in the lower 16 bits, 0 where {@link #expansion} tells, above it the
     * traits, and in the highest eight bits the byte. One look-up tells all, since it is made for every character of every page.
     */
    static final int[] TABLE = new int[Character.MAX_VALUE + 1];
    /** The same by folded character, which stays as it is. */
    static final int[] FOLDED = new int[Character.MAX_VALUE + 1];
    /** Class by folded character. */
    public static final byte[] CLASSES = new byte[Character.MAX_VALUE + 1];

    private static final char[] EXPANDED;
    private static final String[] EXPANSIONS;

    /** Mathematical alphanumerics, U+1D400 to U+1D7FF; 0 for none. */
    private static final char[] MATHEMATICAL = new char[0x400];
    /** Enclosed and squared letters, U+1F100 to U+1F18F; 0 for none. */
    private static final char[] ENCLOSED = new char[0x90];

    static {
        for (int c = 0; c < FOLDED.length; c++) {
            CLASSES[c] = classOf((char) c);
            FOLDED[c] = c
                    | ((c ^ c >> 7 ^ c >> 14) & 0x7F) << BYTE
                    | switch (CLASSES[c]) {
                        case WORD -> OF_WORD;
                        case UNSPACED -> OF_UNSPACED;
                        default -> 0;
                    };
        }
        char[] lookalikes = new char[TABLE.length];
        Lookalikes.into(lookalikes);
        char[] expanded = new char[TABLE.length];
        String[] expansions = new String[TABLE.length];
        int n = 0;
        for (int c = 0; c < TABLE.length; c++) {
            String folded = ofOne(c, lookalikes);
            if (folded.length() == 1) {
                TABLE[c] = FOLDED[folded.charAt(0)];
            } else {
                TABLE[c] = UNEVEN;
                expanded[n] = (char) c;
                expansions[n++] = folded;
            }
            TABLE[c] |= traitOf(c, folded);
        }
        EXPANDED = Arrays.copyOf(expanded, n);
        EXPANSIONS = Arrays.copyOf(expansions, n);
        for (int i = 0; i < MATHEMATICAL.length; i++) {
            MATHEMATICAL[i] = ofSupplementary(0x1D400 + i, lookalikes);
        }
        for (int i = 0; i < ENCLOSED.length; i++) {
            ENCLOSED[i] = ofSupplementary(0x1F100 + i, lookalikes);
        }
        for (int letter = 0; letter < 26; letter++) {
            ENCLOSED[0x50 + letter] = (char) ('a' + letter);
            ENCLOSED[0x70 + letter] = (char) ('a' + letter);
        }
    }

    private static int traitOf(int c, String folded) {
        if (c >= 0x80) {
            // what vanishes may have hidden something
            boolean separates = !folded.isEmpty()
                    && folded.chars().allMatch(one -> CLASSES[one] == SEPARATOR || CLASSES[one] == BREAK);
            return separates ? FOREIGN : FOREIGN | FOREIGN_LETTER;
        }
        return c >= '0' && c <= '9' ? DIGIT : 0;
    }

    private static String ofOne(int c, char[] lookalikes) {
        if (lookalikes[c] != 0) {
            return String.valueOf(lookalikes[c]);
        }
        if (isMark((char) c) || Character.isSurrogate((char) c) || isIgnorable(c)) {
            return "";
        }
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)) {
            return " ";
        }
        if (c == 'ß' || c == 'ẞ') {
            return "ss";
        }
        if (c < 0x80 || isPlain(c)) {
            return String.valueOf((char) Character.toLowerCase(c));
        }
        String compatible = Normalizer.normalize(String.valueOf((char) c), Normalizer.Form.NFKC);
        StringBuilder folded = new StringBuilder();
        for (int i = 0; i < compatible.length(); i++) {
            char part = compatible.charAt(i);
            char lower = lookalikes[part] != 0 ? lookalikes[part] : (char) Character.toLowerCase((int) part);
            folded.append(lookalikes[lower] != 0 ? lookalikes[lower] : lower);
        }
        return folded.toString();
    }

    private static char ofSupplementary(int codePoint, char[] lookalikes) {
        String compatible = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
        return compatible.length() == 1
                ? ofOne(compatible.charAt(0), lookalikes).charAt(0)
                : 0;
    }

    /** Ideographs, Hangul syllables and private use are their own compatibility form: saves half of the table's time. */
    private static boolean isPlain(int c) {
        return c >= 0x3400 && c <= 0xA4CF || c >= 0xAC00 && c <= 0xF8FF;
    }

    /** Default ignorable code points (Unicode property of that name) of the basic plane. */
    public static boolean isIgnorable(int c) {
        return c == 0x00AD
                || c == 0x034F
                || c == 0x061C
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c >= 0x180B && c <= 0x180F
                || c >= 0x200B && c <= 0x200F
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2060 && c <= 0x206F
                || c == 0x3164
                || c >= 0xFE00 && c <= 0xFE0F
                || c == 0xFEFF
                || c == 0xFFA0;
    }

    private static byte classOf(char c) {
        if (c >= 0x0E00 && c <= 0x0EFF // Thai, Lao
                || c >= 0x1000 && c <= 0x109F // Myanmar
                || c >= 0x1780 && c <= 0x17FF // Khmer
                || c >= 0x2E80 && c <= 0x2FDF
                || c >= 0x3005 && c <= 0x3007
                || c >= 0x3040 && c <= 0x9FFF // kana, ideographs
                || c >= 0xAC00 && c <= 0xD7A3 // Hangul: particles hang on to nouns
                || c >= 0xF900 && c <= 0xFAFF) {
            return UNSPACED;
        }
        if (Character.isLetterOrDigit(c)) {
            return WORD;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK) {
            return WORD;
        }
        return "!?;|。".indexOf(c) >= 0 ? BREAK : SEPARATOR;
    }

    /** Whether a character joins the one before it: combining diacritics and the voicing marks of kana. */
    static boolean isMark(char c) {
        return c >= 0x0300 && c <= 0x036F || c == 0x3099 || c == 0x309A || c == 0xFF9E || c == 0xFF9F;
    }

    /** What a character becomes that is not one character when folded; empty if it vanishes. */
    static String expansion(char c) {
        int at = Arrays.binarySearch(EXPANDED, c);
        return at < 0 ? "" : EXPANSIONS[at];
    }

    /** One folded character for a supplementary code point, or 0 if it stays as it is. */
    static char supplementary(int codePoint) {
        if (codePoint >= 0x1D400 && codePoint < 0x1D400 + MATHEMATICAL.length) {
            return MATHEMATICAL[codePoint - 0x1D400];
        }
        if (codePoint >= 0x1F100 && codePoint < 0x1F100 + ENCLOSED.length) {
            return ENCLOSED[codePoint - 0x1F100];
        }
        return 0;
    }

    /** Composes a mark with the folded character before it, or gives 0 if there is no such letter. */
    static char compose(char before, char mark) {
        char canonical = switch (mark) {
            case 0xFF9E -> 0x3099;
            case 0xFF9F -> 0x309A;
            default -> mark;
        };
        String composed = Normalizer.normalize("" + before + canonical, Normalizer.Form.NFC);
        return composed.length() == 1 ? (char) TABLE[composed.charAt(0)] : 0;
    }

    /** Whether a character of the basic plane vanishes, or joins the one before it. */
    static boolean vanishes(char c) {
        return (char) TABLE[c] == 0 && !Character.isSurrogate(c) && expansion(c).isEmpty();
    }

    /** Whether a supplementary code point vanishes: tag characters and variation selectors. */
    static boolean isTag(int codePoint) {
        return codePoint >= 0xE0000 && codePoint <= 0xE0FFF;
    }

    /** The text folded, for patterns and single words; trimmed. */
    public static String fold(String text) {
        if (isPlainWord(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        StringBuilder folded = new StringBuilder(text.length());
        fold(text, new Output() {
            @Override
            public void put(char character, int source) {
                folded.append(character);
            }

            @Override
            public void replaceLast(char character) {
                folded.setCharAt(folded.length() - 1, character);
            }
        });
        return folded.toString().strip();
    }

    /** Takes a text as it is folded. */
    interface Output {
        /** Takes the next character, and the offset of its original. */
        void put(char character, int source);

        /** Takes a character for the last one, which a mark has changed. */
        void replaceLast(char character);
    }

    /** Folds a text of any characters. Runs of white space become one space. */
    static void fold(String text, Output out) {
        char last = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isMark(c)) {
                char composed = last == 0 ? 0 : compose(last, c);
                if (composed != 0) {
                    last = composed;
                    out.replaceLast(composed);
                }
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            char folded = pair ? supplementary(Character.toCodePoint(c, text.charAt(i + 1))) : (char) TABLE[c];
            String expansion = folded == 0 ? expansion(text, i, pair) : "";
            for (int k = 0; k < (folded == 0 ? expansion.length() : 1); k++) {
                char part = folded == 0 ? expansion.charAt(k) : folded;
                if (part != ' ' || last != ' ') {
                    out.put(part, i);
                    last = part;
                }
            }
            i += pair ? 1 : 0;
        }
    }

    private static String expansion(String text, int at, boolean pair) {
        if (pair) {
            return isTag(text.codePointAt(at)) ? "" : text.substring(at, at + 2);
        }
        char c = text.charAt(at);
        return Character.isSurrogate(c) ? String.valueOf(c) : expansion(c);
    }

    /**
     * The ways in which a pattern may look when folded: as written, and in lower, upper and title case. They differ only where a
     * letter of another script has lookalikes in one case alone.
     */
    public static Set<String> variants(String pattern) {
        String asWritten = fold(pattern);
        if (isAscii(pattern)) {
            return Set.of(asWritten);
        }
        Set<String> variants = new LinkedHashSet<>();
        variants.add(asWritten);
        String lower = pattern.toLowerCase(Locale.ROOT);
        variants.add(fold(lower));
        variants.add(fold(pattern.toUpperCase(Locale.ROOT)));
        variants.add(fold(lower.substring(0, 1).toUpperCase(Locale.ROOT) + lower.substring(1)));
        return variants;
    }

    /** Whether only letters and digits of ASCII are there, as in nearly all words of file names and classes. */
    private static boolean isPlainWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
