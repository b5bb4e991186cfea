package org.markwatch.match;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.text.Folding;

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
    /** Signs and words, folded, and what they may mean: a dollar is anybody's. */
    private static final Map<String, Set<String>> MEANINGS = new HashMap<>();

    static {
        String table =
                "$=USD,AUD,CAD,NZD,SGD,HKD,MXN;us$=USD;a$=AUD;c$=CAD;nz$=NZD;s$=SGD;hk$=HKD;r$=BRL;€=EUR;euro=EUR;"
                        + "euros=EUR;£=GBP;¥=JPY,CNY;円=JPY;元=CNY;원=KRW;₩=KRW;₽=RUB;руб=RUB;฿=THB;บาท=THB;baht=THB;₹=INR;₺=TRY;"
                        + "₴=UAH;₫=VND;₱=PHP;₪=ILS;kr=SEK,NOK,DKK;zł=PLN;kč=CZK;dollar=USD,AUD,CAD,NZD;dollars=USD,AUD,CAD,NZD";
        for (String entry : table.split(";")) {
            int equals = entry.indexOf('=');
            MEANINGS.put(
                    Folding.fold(entry.substring(0, equals)),
                    Set.of(entry.substring(equals + 1).split(",")));
        }
        String codes =
                "USD EUR GBP AUD CAD NZD CHF JPY CNY KRW THB RUB INR BRL MXN SEK NOK DKK PLN CZK HUF TRY SGD HKD TWD UAH"
                        + " VND PHP ILS IDR MYR ZAR AED SAR ARS CLP COP PEN NGN KES EGP";
        for (String code : codes.split(" ")) {
            MEANINGS.put(code.toLowerCase(Locale.ROOT), Set.of(code));
        }
    }

    private static final int LONGEST_NUMBER = 15;

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
        int n = text.length();
        for (int i = 0; i < n; i++) {
            if (!isDigit(text.charAt(i))) {
                continue;
            }
            int start = i;
            while (i < n && (isDigit(text.charAt(i)) || isInside(text, i))) {
                i++;
            }
            int end = i;
            int before = currencyBefore(text, start);
            int after = before >= 0 ? -1 : currencyAfter(text, end);
            boolean price = before >= 0 || after >= 0;
            if (price && end - start <= LONGEST_NUMBER && isInRange(amount(text.substring(start, end)))) {
                found.add(before >= 0 ? before : start, before >= 0 ? end : after);
            }
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A separator between two digits. */
    private static boolean isInside(String text, int at) {
        return ".,'’".indexOf(text.charAt(at)) >= 0 && at + 1 < text.length() && isDigit(text.charAt(at + 1));
    }

    /** The last separator is the decimal one if one or two digits follow it; what has no fraction is whole. */
    private static BigDecimal amount(String number) {
        int last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
        boolean fraction = last >= 0 && number.length() - last <= 3;
        String whole = (fraction ? number.substring(0, last) : number).replaceAll("[^0-9]", "");
        return new BigDecimal(fraction ? whole + '.' + number.substring(last + 1) : whole);
    }

    private boolean isInRange(BigDecimal amount) {
        return (least == null || amount.compareTo(least) >= 0) && (most == null || amount.compareTo(most) <= 0);
    }

    /** Start of the currency that ends before the number, or -1. */
    private int currencyBefore(String text, int number) {
        int end = number > 0 && isSpace(text.charAt(number - 1)) ? number - 1 : number;
        int start = end;
        while (start > 0 && end - start < 4 && isOfCurrency(text.charAt(start - 1))) {
            start--;
        }
        if (start < end && !isLetter(text, start - 1) && means(text.substring(start, end))) {
            return start;
        }
        // in 'preis€ 5' the sign stands alone; 'CA$ 5' is another dollar
        boolean sign = end > 0 && !isLetter(text, end - 1) && !(text.charAt(end - 1) == '$' && isLetter(text, end - 2));
        return sign && means(text.substring(end - 1, end)) ? end - 1 : -1;
    }

    private static boolean isLetter(String text, int at) {
        return at >= 0 && Character.isLetter(text.charAt(at));
    }

    /** End of the currency that begins after the number, or -1. */
    private int currencyAfter(String text, int number) {
        int start = number < text.length() && isSpace(text.charAt(number)) ? number + 1 : number;
        int end = start;
        while (end < text.length() && end - start <= 7 && isOfCurrency(text.charAt(end))) {
            end++;
        }
        if (end > start && means(text.substring(start, end))) {
            return end;
        }
        // '500円から' goes on without a space
        boolean sign = start < text.length() && text.charAt(start) >= 0x80;
        return sign && means(text.substring(start, start + 1)) ? start + 1 : -1;
    }

    private boolean means(String currency) {
        Set<String> meanings = MEANINGS.get(Folding.fold(currency));
        return meanings != null && (currencies.isEmpty() || meanings.stream().anyMatch(currencies::contains));
    }

    private static boolean isOfCurrency(char c) {
        return Character.isLetter(c) || Character.getType(c) == Character.CURRENCY_SYMBOL;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\u00a0' || c == '\u202f';
    }
}
