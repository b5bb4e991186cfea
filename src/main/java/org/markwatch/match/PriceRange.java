package org.markwatch.match;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.text.Amount;

/**
 * Amounts of money with their currency, in a range.
 *
 * @param currencies ISO 4217 codes, empty for any
 * @param least      smallest amount, null for any
 * @param most       largest amount, null for any
 */
record PriceRange(
        Set<String> currencies,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most) {
    PriceRange {
        currencies = Set.copyOf(currencies);
    }

    /** @param pattern {@code any}, {@code EUR} or {@code USD,EUR 5-50} */
    static PriceRange of(String pattern) {
        if (pattern.equals("any")) {
            return new PriceRange(Set.of(), null, null);
        }
        int space = pattern.indexOf(' ');
        Set<String> currencies = Set.of((space < 0 ? pattern : pattern.substring(0, space)).split(","));
        if (space < 0) {
            return new PriceRange(currencies, null, null);
        }
        int hyphen = pattern.indexOf('-', space);
        return new PriceRange(
                currencies,
                new BigDecimal(pattern.substring(space + 1, hyphen)),
                new BigDecimal(pattern.substring(hyphen + 1)));
    }

    /** Takes the place of an amount and its currency. */
    @FunctionalInterface
    interface Found {
        void add(int start, int end);
    }

    /** Reports each amount of the range, with its currency. */
    void find(String text, Found found) {
        for (Amount amount = Amount.next(text, 0); amount != null; amount = Amount.next(text, amount.end())) {
            if (has(amount)) {
                found.add(amount.start(), amount.end());
            }
        }
    }

    private boolean has(Amount amount) {
        return (currencies.isEmpty() || amount.currencies().stream().anyMatch(currencies::contains))
                && (least == null || amount.value().compareTo(least) >= 0)
                && (most == null || amount.value().compareTo(most) <= 0);
    }
}
