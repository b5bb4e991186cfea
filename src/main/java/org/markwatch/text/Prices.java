package org.markwatch.text;

import java.util.Set;

/** Amounts of money in a text, as far as they tell that a page sells something. */
public final class Prices {
    private Prices() {}

    private static final Set<String> TURNOVER = Set.of(
            "million", "billion", "trillion", " bn", " mio", " mrd", "millones", "milliarde", "milhoes", "млн", "млрд");
    /** Longer texts are prose. */
    private static final int MAX_CHARS = 400;

    private static final int TURNOVER_CHARS = 14;

    /** Whether an amount with its currency stands in a text of at most {@value #MAX_CHARS} characters. */
    public static boolean isIn(String text) {
        if (text.length() > MAX_CHARS) {
            return false;
        }
        for (Amount amount = Amount.next(text, 0); amount != null; amount = Amount.next(text, amount.end())) {
            if (!isTurnover(text, amount.end())) {
                return true;
            }
        }
        return false;
    }

    /** Amounts that nobody pays: 25 billion. */
    private static boolean isTurnover(String text, int at) {
        String after = Folding.fold(text.substring(at, Math.min(text.length(), at + TURNOVER_CHARS)));
        return TURNOVER.stream().anyMatch(after::contains);
    }
}
