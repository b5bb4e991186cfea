package org.markwatch.text;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Signs, codes and words of currencies beside a number. */
final class Currencies {
    private static final int MAX_CHARS = 8;

    /**
     * ISO 4217 codes with what else is written for them: a dollar is anybody's. Names are compared folded, those behind
     * {@code =} as they are written, since in another case they are words.
     */
    private static final String TABLE = """
            USD $ us$ usd $us dollar dollars dólares доллар доллара долларов
            AUD $ a$ au$ aud dollar dollars
            CAD $ c$ ca$ $ca $can =CAD dollar dollars
            NZD $ nz$ nzd dollar dollars
            SGD $ s$ sgd dollar dollars
            HKD $ hk$ hkd
            TWD nt$ twd 元
            MXN $ mx$ mxn peso pesos
            ARS $ =ARS peso pesos
            CLP $ =CLP peso pesos
            COP $ =COP peso pesos
            PHP ₱ =PHP peso pesos
            BRL r$ brl reais
            PEN =PEN soles
            EUR € eur euro euros евро ευρώ
            GBP £ gbp
            CHF chf sfr
            JPY ¥ 円 jpy yen
            CNY ¥ 元 圆 cny rmb yuan
            KRW ₩ 원 krw
            THB ฿ บาท thb baht
            VND ₫ =đ =Đ đồng vnd vnđ
            IDR rp idr rupiah
            MYR =RM myr ringgit
            INR ₹ rs inr rupees
            PKR rs pkr rupees
            LKR rs lkr rupees
            NPR rs npr rupees
            BDT ৳ bdt taka
            RUB ₽ руб рубль рубля рублей rub =р
            UAH ₴ грн гривень uah
            KZT ₸ тенге тг kzt
            BGN лв лева bgn
            TRY ₺ =TL =TRY lira lirası
            PLN zł złoty złote złotych pln
            CZK kč korun koruna czk
            HUF =Ft huf forint
            RON lei leu =RON
            MDL lei leu mdl
            SEK kr kronor =SEK
            NOK kr kroner nok
            DKK kr kroner dkk
            ISK kr isk
            ILS ₪ =ILS
            AED درهم aed
            SAR ريال sar
            EGP جنيه egp
            ZAR zar
            NGN ₦ ngn
            KES ksh =KES
            GEL ₾
            """;

    /** Codes that are words too, in capitals. */
    private static final Set<String> WORDS = Set.of("TRY", "PHP", "PEN", "COP", "CAD", "RON", "RM");

    private static final Map<String, Set<String>> FOLDED = new HashMap<>();
    private static final Map<String, Set<String>> AS_WRITTEN = new HashMap<>();

    static {
        for (String line : TABLE.strip().split("\n")) {
            String[] names = line.split(" ");
            for (int i = 1; i < names.length; i++) {
                if (names[i].startsWith("=")) {
                    AS_WRITTEN
                            .computeIfAbsent(names[i].substring(1), name -> new TreeSet<>())
                            .add(names[0]);
                } else {
                    FOLDED.computeIfAbsent(Folding.fold(names[i]), name -> new TreeSet<>())
                            .add(names[0]);
                }
            }
        }
    }

    /** The first characters of names and multipliers. */
    private static final BitSet BEGINNINGS = new BitSet();

    static {
        Stream.of(FOLDED.keySet(), AS_WRITTEN.keySet(), Numeral.multipliers())
                .flatMap(Set::stream)
                .forEach(name -> BEGINNINGS.set(Folding.TABLE[name.charAt(0)] & Character.MAX_VALUE));
    }

    private Currencies() {}

    /** Returns the end of a run of digits, separators and spaces. */
    static int endOfNumbers(String text, int start) {
        int end = start;
        while (end < text.length() && isOfNumber(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether a currency or multiplier may begin at a place. Says no at most places for far less than it takes to read one. */
    static boolean mayBegin(String text, int at) {
        if (at >= text.length()) {
            return false;
        }
        int end = at;
        while (end < text.length() && isLetterOfAscii(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && (text.charAt(end) >= 0x80 || isOfName(text.charAt(end)))) {
            return true;
        }
        if (end == at || end - at > MAX_CHARS || !BEGINNINGS.get((char) Folding.TABLE[text.charAt(at)])) {
            return false;
        }
        String written = text.substring(at, end);
        String folded = Folding.fold(written);
        return FOLDED.containsKey(folded)
                || AS_WRITTEN.containsKey(written)
                || Numeral.multipliers().contains(folded);
    }

    private static boolean isLetterOfAscii(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isOfNumber(char c) {
        return c >= '0' && c <= '9' || ".,'’:/-–—".indexOf(c) >= 0 || Numeral.isSpace(c) || Character.isDigit(c);
    }

    /**
     * The name of a currency.
     *
     * @param start     offset of its first character
     * @param end       offset after its last character
     * @param codes     ISO 4217 codes that it may stand for
     * @param isLetters whether it is written with letters rather than a sign
     * @param isWord    whether it may be a word of another meaning
     */
    record Name(int start, int end, Set<String> codes, boolean isLetters, boolean isWord) {}

    /** The name of a currency that ends before a number, at most a space and a full stop away, or null. */
    static @Nullable Name before(String text, int from, int number) {
        int end = number > from && Numeral.isSpace(text.charAt(number - 1)) ? number - 1 : number;
        if (end - 1 > from && text.charAt(end - 1) == '.' && Character.isLetter(text.charAt(end - 2))) {
            end--; // Rs. 500
        }
        int start = end;
        while (start > from && end - start < MAX_CHARS && isOfName(text.charAt(start - 1))) {
            start--;
        }
        if (start == end) {
            return null;
        }
        Name whole = start > 0 && Character.isLetter(text.charAt(start - 1)) ? null : name(text, start, end);
        if (whole != null || Character.isLetter(text.charAt(end - 1))) {
            return whole;
        }
        // in 'Preis€ 5' and 'month$5' the sign stands alone; 'XY$ 5' is another dollar
        boolean another = text.charAt(end - 1) == '$' && end - 1 > start && Character.isUpperCase(text.charAt(end - 2));
        return another ? null : name(text, end - 1, end);
    }

    /** The name of a currency that begins behind a number, at most a space away, or null. */
    static @Nullable Name after(String text, int number) {
        int start = number < text.length() && Numeral.isSpace(text.charAt(number)) ? number + 1 : number;
        int end = start;
        while (end < text.length() && end - start < MAX_CHARS && isOfName(text.charAt(end))) {
            end++;
        }
        if (start > number && end - start == 1 && isSignOfNext(text, start)) {
            return null;
        }
        for (; end > start; end--) {
            // '500円から', '500원을' and '300บาทต่อคน' go on without a space
            boolean bound = end == text.length()
                    || !Character.isLetter(text.charAt(end - 1))
                    || !Character.isLetterOrDigit(text.charAt(end))
                    || isJoined(text.charAt(end - 1));
            Name name = bound ? name(text, start, end) : null;
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    /** Whether what is written before or behind a letter is joined to it though it is a word of its own. */
    static boolean isJoined(char letter) {
        return Letters.isUnspaced(letter) || Character.UnicodeScript.of(letter) == Character.UnicodeScript.HANGUL;
    }

    /** In 'from 5 $10' the sign is that of the number behind it. */
    private static boolean isSignOfNext(String text, int sign) {
        return !Character.isLetter(text.charAt(sign))
                && sign + 1 < text.length()
                && Character.isDigit(text.charAt(sign + 1));
    }

    private static boolean isOfName(char c) {
        return Character.isLetter(c) || Character.getType(c) == Character.CURRENCY_SYMBOL;
    }

    private static @Nullable Name name(String text, int start, int end) {
        String written = text.substring(start, end);
        Set<String> codes = AS_WRITTEN.get(written);
        if (codes == null) {
            codes = FOLDED.get(Folding.fold(written));
        }
        return codes == null
                ? null
                : new Name(
                        start,
                        end,
                        codes,
                        Character.isLetter(text.charAt(end - 1)),
                        WORDS.contains(written.toUpperCase(Locale.ROOT)));
    }
}
