package org.markwatch.text;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money in a text: a number with a currency beside it.
 *
 * @param start      offset of its first character
 * @param end        offset after its last character
 * @param value      0 or more
 * @param currencies ISO 4217 codes that the currency's sign or word may mean; at least one
 */
public record Amount(int start, int end, BigDecimal value, Set<String> currencies) {
    private static final int MIN_DIGITS_BESIDE_WORD = 3;

    public Amount {
        currencies = Set.copyOf(currencies);
    }

    /** Returns the first amount that begins at an offset or behind it, or null. Linear in the text. */
    public static @Nullable Amount next(String text, int from) {
        int end = from; // of a run of digits and what stands between them; only behind it may a currency follow
        boolean mayFollow = false;
        for (int at = from; at < text.length(); ) {
            if (!Character.isDigit(text.charAt(at))) {
                at++;
                continue;
            }
            if (at >= end) {
                end = Currencies.endOfNumbers(text, at);
                mayFollow = Currencies.mayBegin(text, end);
            }
            Currencies.Name before = Currencies.before(text, from, at);
            boolean mayGoBefore = before != null && (!before.isWord() || hasDigitsBesideWord(text, at, end));
            if (!mayGoBefore && !mayFollow) {
                at = end;
                continue;
            }
            Numeral numeral = Numeral.at(text, at);
            Amount amount = of(text, before, numeral);
            if (amount != null) {
                return amount;
            }
            at = numeral.end();
        }
        return null;
    }

    /** The currency before a number counts before the one behind it. */
    private static @Nullable Amount of(String text, Currencies.@Nullable Name before, Numeral numeral) {
        BigDecimal value = numeral.value();
        if (value == null) {
            return null;
        }
        if (before != null && fits(before, numeral) && !(before.isLetters() && isGlued(text, numeral.end()))) {
            return new Amount(before.start(), numeral.end(), value, before.codes());
        }
        if (numeral.isPlain() && isGlued(text, numeral.start() - 1)) {
            return null;
        }
        Currencies.Name after = Currencies.after(text, numeral.end());
        return after != null && fits(after, numeral)
                ? new Amount(numeral.start(), after.end(), value, after.codes())
                : null;
    }

    /** Whether a character beside a number makes it a part of a name, such as 'mp3' or 'aed5a8'. */
    private static boolean isGlued(String text, int at) {
        return at >= 0
                && at < text.length()
                && Character.isLetter(text.charAt(at))
                && !Currencies.isJoined(text.charAt(at));
    }

    private static boolean hasDigitsBesideWord(String text, int from, int to) {
        int digits = 0;
        for (int at = from; at < to; at++) {
            digits += Character.isDigit(text.charAt(at)) ? 1 : 0;
        }
        return digits >= MIN_DIGITS_BESIDE_WORD;
    }

    /** In 'TRY 3 DAYS' and 'PHP 8.2' the code is a word. */
    private static boolean fits(Currencies.Name name, Numeral numeral) {
        return !name.isWord() || numeral.digits() >= MIN_DIGITS_BESIDE_WORD;
    }
}
