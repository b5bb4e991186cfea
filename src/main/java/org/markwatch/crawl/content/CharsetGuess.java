package org.markwatch.crawl.content;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guesses the character set of text without a credible declaration. Decodes a sample in each candidate set and chooses
 * the set in which the sample most resembles one of its languages.
 *
 * <p>The score of a decoded sample rises with frequent letters of the language and with other letters of its script. It
 * falls with malformed bytes, letters of other languages, capitals inside words and mixed scripts. The sample bounds
 * the cost: each candidate decodes {@link #MAX_SAMPLE_BYTES} bytes at most.
 */
final class CharsetGuess {
    /** Largest size of a sample in bytes. */
    static final int MAX_SAMPLE_BYTES = 1024;

    /** Number of ASCII bytes that a sample keeps on each side of a non-ASCII byte. */
    private static final int CONTEXT = 6;

    /** Minimum fit of a declared set that is accepted without comparison. */
    static final double GOOD_FIT = 0.5;

    /** Minimum by which the fit of another set exceeds that of the declared set to overrule it. */
    static final double MIN_ADVANTAGE = 0.4;

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final double FREQUENT = 1;
    private static final double OF_SCRIPT = 0.25;
    private static final double PUNCTUATION = 0.4;
    private static final double FOREIGN = -1;
    private static final double MALFORMED = -3;

    /** Language profiles by character set; the earlier set wins a tie. */
    private static final Map<Charset, List<Profile>> PROFILES = new LinkedHashMap<>();

    static {
        add(ScriptGroup.LATIN, "windows-1252", "éèàêçôùîâ", "ûëïœ"); // French
        add(ScriptGroup.LATIN, "windows-1252", "äöüß", "é"); // German
        add(ScriptGroup.LATIN, "windows-1252", "áéíóúñ", "ü¿¡ºª"); // Spanish
        add(ScriptGroup.LATIN, "windows-1252", "ãáéíóúâêôõç", "àü"); // Portuguese
        add(ScriptGroup.LATIN, "windows-1252", "àèéìòù", ""); // Italian
        add(ScriptGroup.LATIN, "windows-1252", "åäöæø", "éü"); // Nordic
        add(ScriptGroup.LATIN, "windows-1252", "éëïèóöü", "çê"); // Dutch, English
        add(ScriptGroup.LATIN, "windows-1252", "àèéíïòóúç", "ü"); // Catalan
        add(ScriptGroup.LATIN, "windows-1252", "áðéíóúýþæö", ""); // Icelandic
        for (String central : new String[] {"windows-1250", "ISO-8859-2"}) {
            add(ScriptGroup.LATIN, central, "ąćęłńóśźż", ""); // Polish
            add(ScriptGroup.LATIN, central, "áčďéěíňóřšťúůýž", "ľĺŕôä"); // Czech, Slovak
            add(ScriptGroup.LATIN, central, "áéíóöőúüű", ""); // Hungarian
            add(ScriptGroup.LATIN, central, "ăâîşţ", ""); // Romanian
            add(ScriptGroup.LATIN, central, "čćđšž", ""); // Croatian, Slovene
        }
        add(ScriptGroup.LATIN, "windows-1254", "çğıöşü", "âîû"); // Turkish
        add(ScriptGroup.LATIN, "windows-1257", "ąčęėįšųūž", ""); // Lithuanian
        add(ScriptGroup.LATIN, "windows-1257", "āčēģīķļņšūž", ""); // Latvian
        add(ScriptGroup.LATIN, "windows-1257", "äöõü", "šž"); // Estonian
        add(ScriptGroup.LATIN, "windows-1258", "ăâđêôơư\u0300\u0309\u0303\u0301\u0323", "àáãèéìíòóùú"); // Vietnamese
        for (String cyrillic : new String[] {"windows-1251", "KOI8-R", "ISO-8859-5"}) {
            add(
                    ScriptGroup.OTHER,
                    cyrillic,
                    "оеаинтсрвлкм",
                    "дпуяыьгзбчйхжшюцщэфъёўіјљњћђџѓќѕ"); // Russian and its neighbours
        }
        for (String cyrillic : new String[] {"windows-1251", "KOI8-U"}) {
            add(ScriptGroup.OTHER, cyrillic, "оаинвіертслк", "мдпуязьбгчйхцжїєюшфщґ"); // Ukrainian
        }
        add(ScriptGroup.OTHER, "windows-1253", "αοιετνσρκπλςμη", "υωγδάέήίόύώθχφβξζψϊϋΐΰ");
        add(ScriptGroup.OTHER, "windows-1255", "יוהלאתרבמשנ", "גדזחטכסעפצקםןףךץ");
        add(ScriptGroup.OTHER, "windows-1256", "الينمترهوبعدس", "ثجحخذزشصضطظغفقكىةءأإآؤئپچژگ");
        add(
                ScriptGroup.OTHER,
                "x-windows-874",
                "านรกอเงมยลวด",
                "ทสตะปบคหแไใโิีึืุู็่้๊๋์ัำๆฯขฃคฆจฉชซฌญฎฏฐฑฒณธผฝพฟภศษฬฮฤ");
        String japanese =
                range('\u3041', '\u3093') + range('\u30A1', '\u30F6') + "ー会員登録無料送商品購入注文支払方法円価格税込利用案内日本語年月時間一人";
        add(ScriptGroup.HAN, "windows-31j", japanese, "");
        add(ScriptGroup.HAN, "EUC-JP", japanese, "");
        add(
                ScriptGroup.HANGUL,
                "x-windows-949",
                "이다는의에을가고하지로기도사서인나리그대은를어한시라자아해있정수주일제부과보상오전원"
                        + "스만들구여게었까장니세비면마무우동안신거것으선소조요결카용가격입금매회내품문드료드방법환불"
                        + "연락처매약관개월년",
                "");
        add(
                ScriptGroup.HAN,
                "GB18030",
                "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
                        + "里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三"
                        + "已老从动两长知现样分将外但身些与高意进把法此实回二理美点月明其种声全工己话者向情部正名定女问力"
                        + "机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代"
                        + "价格购买支付款卡元会员联系服务商品订单费退货网站我们",
                "");
        add(
                ScriptGroup.HAN,
                "Big5-HKSCS",
                "的一是不了在人有我他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可"
                        + "裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三"
                        + "已老從動兩長知現樣分將外但身些與高意進把法此實回二理美點月明其種聲全工己話者向情部正名定女問力"
                        + "機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代"
                        + "價格購買支付款卡元會員聯繫服務商品訂單費退貨網站我們",
                "");
    }

    private CharsetGuess() {}

    private enum ScriptGroup {
        /** Latin letters: the set adds letters to those of ASCII. */
        LATIN,
        /** Another alphabet, one byte per letter. */
        OTHER,
        /** Chinese characters and kana, two bytes each. */
        HAN,
        /** Korean syllables, two bytes each. */
        HANGUL
    }

    /** The letters of a language, by code unit. */
    private record Profile(ScriptGroup script, BitSet frequent, BitSet others) {}

    private static void add(ScriptGroup script, String charset, String frequent, String others) {
        PROFILES.computeIfAbsent(Charset.forName(charset), set -> new ArrayList<>())
                .add(new Profile(script, bitSet(frequent), bitSet(others)));
    }

    private static BitSet bitSet(String letters) {
        BitSet set = new BitSet();
        letters.chars().forEach(set::set);
        return set;
    }

    private static String range(char first, char last) {
        StringBuilder range = new StringBuilder();
        for (char c = first; c <= last; c++) {
            range.append(c);
        }
        return range.toString();
    }

    /**
     * Returns the bytes of a body that are not ASCII, with some ASCII context.
     *
     * @param length number of bytes of {@code body} that are filled
     * @return up to {@link #MAX_SAMPLE_BYTES} bytes, empty if the body is ASCII
     */
    static byte[] sample(byte[] body, int length) {
        byte[] sample = new byte[Math.min(length, MAX_SAMPLE_BYTES)];
        int n = 0;
        int copied = 0;
        int keep = -1;
        for (int i = 0; i < length && n < sample.length; i++) {
            if (body[i] < 0) {
                for (int j = Math.max(copied, i - CONTEXT); j <= i && n < sample.length; j++) {
                    sample[n++] = body[j];
                }
                copied = i + 1;
                keep = i + CONTEXT;
            } else if (i <= keep) {
                sample[n++] = body[i];
                copied = i + 1;
            }
        }
        return keep < 0 ? new byte[0] : Arrays.copyOf(sample, n);
    }

    /** Returns the character set that fits a sample best, windows-1252 if none fits well. */
    static Charset guess(byte[] sample) {
        Charset best = WINDOWS_1252;
        // a few symbols in English text fit many sets by chance, hence the lead of 1 for windows-1252
        double most = 1 + Math.max(0, fit(new String(sample, best), PROFILES.getOrDefault(best, List.of())));
        for (Map.Entry<Charset, List<Profile>> set : PROFILES.entrySet()) {
            double fit = fit(new String(sample, set.getKey()), set.getValue());
            if (fit > most) {
                most = fit;
                best = set.getKey();
            }
        }
        return best;
    }

    /**
     * Returns how well a sample, decoded in a character set, resembles one of its languages.
     *
     * @return 1 if all letters are frequent ones, below 0 if it is not text; 1 for a set without language profiles
     */
    static double fit(byte[] sample, Charset charset) {
        List<Profile> profiles = PROFILES.get(charset);
        return profiles == null ? 1 : fit(new String(sample, charset), profiles) / Math.max(1, nonAsciiBytes(sample));
    }

    /** Returns the number of bytes that are not ASCII. */
    static int nonAsciiBytes(byte[] sample) {
        int n = 0;
        for (byte b : sample) {
            n += b < 0 ? 1 : 0;
        }
        return n;
    }

    private static double fit(String text, List<Profile> profiles) {
        double best = Double.NEGATIVE_INFINITY;
        for (Profile profile : profiles) {
            best = Math.max(best, score(text, profile));
        }
        return best;
    }

    private static double score(String text, Profile profile) {
        double score = 0;
        for (int i = 0; i < text.length() - 1; i++) { // a sample may end inside a character
            char c = text.charAt(i);
            if (c >= 0x80) {
                score += score(i == 0 ? ' ' : text.charAt(i - 1), c, text.charAt(i + 1), profile);
            }
        }
        return score;
    }

    private static double score(char before, char c, char after, Profile profile) {
        if (c == '\uFFFD') {
            return MALFORMED;
        }
        if (profile.script == ScriptGroup.HAN || profile.script == ScriptGroup.HANGUL) {
            return scoreWide(c, after, profile);
        }
        if (!Character.isLetter(c) && Character.getType(c) != Character.NON_SPACING_MARK) {
            boolean inWord = Character.isLetter(before) && Character.isLetter(after);
            boolean quote = Character.getType(c) == Character.FINAL_QUOTE_PUNCTUATION; // the apostrophe in it’s
            return isPunctuation(c) && (!inWord || quote) ? PUNCTUATION : FOREIGN;
        }
        char lower = Character.toLowerCase(c);
        if (c != lower && Character.isLowerCase(before)) {
            return FOREIGN;
        }
        boolean mixed = profile.script == ScriptGroup.LATIN
                ? before >= 0x80 && Character.isLetter(before)
                : isAsciiLetter(before);
        double weight = profile.frequent.get(lower) ? FREQUENT : profile.others.get(lower) ? OF_SCRIPT : FOREIGN;
        if (weight > 0 && mixed) {
            return weight - 0.75;
        }
        boolean alone =
                profile.script == ScriptGroup.LATIN && !Character.isLetter(before) && !Character.isLetter(after);
        return weight > 0 && alone ? Character.isDigit(after) ? FOREIGN : OF_SCRIPT : weight;
    }

    private static double scoreWide(char c, char after, Profile profile) {
        if (after >= 'a' && after <= 'z') {
            return FOREIGN; // a single-byte accented letter inside a word, not the first of two bytes
        }
        if (profile.frequent.get(c)) {
            return 2 * FREQUENT;
        }
        if (c >= 0x3000 && c <= 0x303F || c >= 0xFF01 && c <= 0xFF60) {
            return 2 * PUNCTUATION;
        }
        if (c >= '\u0391' && c <= '\u0451') {
            return 0; // two-byte sets have Greek and Cyrillic letters too, and a page may quote a word of them
        }
        boolean ofScript =
                profile.script == ScriptGroup.HANGUL ? c >= 0xAC00 && c <= 0xD7A3 : c >= 0x4E00 && c <= 0x9FFF;
        return ofScript ? 2 * OF_SCRIPT : 2 * FOREIGN;
    }

    private static boolean isAsciiLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private static boolean isPunctuation(char c) {
        return c >= 0x2010 && c <= 0x203A || "\u00A0«»©®™°·€£§¡¿–—…•№".indexOf(c) >= 0;
    }
}
