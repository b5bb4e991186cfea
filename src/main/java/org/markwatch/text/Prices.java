package org.markwatch.text;

import java.util.Set;

/** Amounts of money in a text, as far as they tell that a page sells something. */
public final class Prices {
    private Prices() {}

    /** Signs that stand right beside the digits; one space may lie between. */
    private static final String SIGNS = "$€£¥￥₩₽฿₹₺₴₫₱₪円元원";
    /** Codes and words of ISO 4217 currencies, folded. */
    private static final Set<String> CODES = Set.of(
            "usd", "eur", "gbp", "aud", "cad", "nzd", "chf", "jpy", "cny", "krw", "thb", "rub", "inr", "brl", "mxn",
            "sek", "nok", "dkk", "pln", "czk", "try", "sgd", "hkd", "kr", "zł", "руб", "บาท", "euro", "euros", "kč",
            "ft", "huf", "lei", "ron", "лв", "bgn", "грн", "uah", "tl", "rm", "myr", "rp", "idr", "vnd", "php", "rs",
            "aed", "sar", "درهم", "ريال", "ils", "zar", "twd", "dollars", "pesos");

    private static final Set<String> TURNOVER = Set.of(
            "million", "billion", "trillion", " bn", " mio", " mrd", "millones", "milliarde", "milhoes", "млн", "млрд");
    /** Longer texts are prose. */
    private static final int LONGEST = 400;

    private static final int LONGEST_CODE = 5;

    /** Whether an amount with its currency stands in a text of at most {@value #LONGEST} characters. */
    public static boolean isIn(String text) {
        int length = text.length();
        if (length > LONGEST) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                int end = i + 1;
                while (end < length && isOfNumber(text.charAt(end))) {
                    end++;
                }
                if ((isSign(text, i - 1, -1) || isSign(text, end, 1) || isCode(text, end)) && !isTurnover(text, end)) {
                    return true;
                }
                i = end;
            }
        }
        return false;
    }

    /** Amounts that nobody pays: 25 billion. */
    private static boolean isTurnover(String text, int at) {
        String after = Folding.fold(text.substring(at, Math.min(text.length(), at + 14)));
        return TURNOVER.stream().anyMatch(after::contains);
    }

    private static boolean isOfNumber(char c) {
        return c >= '0' && c <= '9' || c == '.' || c == ',';
    }

    private static boolean isSign(String text, int at, int step) {
        int place = at >= 0 && at < text.length() && isSpace(text.charAt(at)) ? at + step : at;
        return place >= 0 && place < text.length() && SIGNS.indexOf(text.charAt(place)) >= 0;
    }

    private static boolean isCode(String text, int at) {
        int start = at < text.length() && isSpace(text.charAt(at)) ? at + 1 : at;
        int end = start;
        while (end < text.length() && end - start <= LONGEST_CODE && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return end > start && CODES.contains(Folding.fold(text.substring(start, end)));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\u00a0' || c == '\u202f';
    }
}
