package org.markwatch.text;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number as amounts are written: {@code 1500}, {@code 1.500,00}, {@code 1'500.-}, {@code 1 500}, {@code 1,50,000},
 * {@code 150rb}, {@code 2万}. The last point or comma is the decimal separator if one or two digits follow it.
 *
 * @param start  offset of the first digit
 * @param end    offset after the last character, with a word for thousands
 * @param digits number of digits
 * @param isPlain whether it is written with digits only
 * @param value  null for what is no such number: dates, versions, long numbers
 */
record Numeral(
        int start,
        int end,
        int digits,
        boolean isPlain,
        @Nullable BigDecimal value) {
    private static final int MAX_DIGITS = 15;

    private static final String SPACES = " \u00a0\u2009\u202f";
    /** Every repetition is possessive or bounded, so that the work is linear. */
    private static final Pattern NUMBER = Pattern.compile(
            """
            (?<number>
              (?!0)\\d{1,3}(?<separator>[.,'’SPACES])\\d{3}(?:\\k<separator>\\d{3})*+(?:(?!\\k<separator>)[.,]\\d{1,2}+)?+
              | (?!0)\\d{1,2}(?:,\\d{2}(?=,))++,\\d{3}(?:\\.\\d{1,2}+)?+
              | \\d{1,15}+(?:[.,]\\d{1,2}+)?+
            )(?![.,'’]?\\d)
            (?:[.,:/][-–—]{1,2}+(?![\\p{L}\\d]))?+
            (?:
              (?<joined>(?:k|rb|jt)(?!\\p{L})|[千万萬천만])
              | [SPACES]?+(?<word>ribu|juta|nghìn|ngàn|triệu|тыс|tis|tys)(?!\\p{L})\\.?+
            )?+
            """.replace("SPACES", "\\x20\u00a0\u2009\u202f"),
            Pattern.COMMENTS | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern DIGITS = Pattern.compile("\\d++(?:[.,'’]\\d++)*+", Pattern.UNICODE_CHARACTER_CLASS);

    /** Zeros that a word stands for. */
    private static final Map<String, Integer> ZEROS = Map.ofEntries(
            Map.entry("k", 3),
            Map.entry("rb", 3),
            Map.entry("ribu", 3),
            Map.entry("jt", 6),
            Map.entry("juta", 6),
            Map.entry("nghìn", 3),
            Map.entry("ngàn", 3),
            Map.entry("triệu", 6),
            Map.entry("тыс", 3),
            Map.entry("tis", 3),
            Map.entry("tys", 3),
            Map.entry("千", 3),
            Map.entry("万", 4),
            Map.entry("萬", 4),
            Map.entry("천", 3),
            Map.entry("만", 4));

    /** Returns what is written behind a number for thousands and more. */
    static Set<String> multipliers() {
        return ZEROS.keySet();
    }

    /** Whether a character may stand between a number and its currency. */
    static boolean isSpace(char c) {
        return SPACES.indexOf(c) >= 0;
    }

    /** Returns the number that begins at an offset, which has a digit and none before it. */
    static Numeral at(String text, int start) {
        Matcher number = NUMBER.matcher(text).region(start, text.length());
        if (!number.lookingAt()) {
            Matcher digits = DIGITS.matcher(text).region(start, text.length());
            return new Numeral(start, digits.lookingAt() ? digits.end() : start + 1, 0, true, null);
        }
        String written = number.group("number");
        int decimals = decimals(written);
        StringBuilder digits = new StringBuilder();
        written.chars().filter(Character::isDigit).forEach(digit -> digits.append((char) digit));
        String word = number.group("joined") != null ? number.group("joined") : number.group("word");
        int zeros = word == null ? 0 : ZEROS.getOrDefault(word.toLowerCase(Locale.ROOT), 0);
        BigDecimal value = digits.length() > MAX_DIGITS
                ? null
                : new BigDecimal(digits.toString()).scaleByPowerOfTen(zeros - decimals);
        return new Numeral(start, number.end(), digits.length(), digits.length() == written.length(), value);
    }

    private static int decimals(String written) {
        int separator = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
        int behind = written.length() - 1 - separator;
        return separator >= 0 && behind <= 2 ? behind : 0;
    }
}
