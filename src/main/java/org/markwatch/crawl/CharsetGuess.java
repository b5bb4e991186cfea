package org.markwatch.crawl;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guesses in which character set text is written that says nothing of it, or something that cannot be true: reads a sample in
 * every set of the web's languages and takes the one in which it looks most like one of those languages.
 *
 * <p>A reading is scored character by character: letters that are frequent in the language, other letters of its script, and
 * against it bytes that the set does not know, letters of no such language, capitals inside words, scripts mixed in a word. What
 * it costs is bounded by the sample: {@link #MAX_SAMPLE_BYTES} bytes, decoded once a set.
 */
final class CharsetGuess {
    /** Bytes of a sample. */
    static final int MAX_SAMPLE_BYTES = 1024;

    /** ASCII bytes that are kept on both sides of others. */
    private static final int CONTEXT = 6;

    /** What a declared set fits that is not doubted. */
    static final double GOOD_FIT = 0.5;

    /** How much better another set must fit to speak against a declaration. */
    static final double MIN_ADVANTAGE = 0.4;

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final double FREQUENT = 1;
    private static final double OF_SCRIPT = 0.25;
    private static final double PUNCTUATION = 0.4;
    private static final double FOREIGN = -1;
    private static final double MALFORMED = -3;

    /** Those before win where two fit as well. */
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
        String japanese = span('\u3041', '\u3093') + span('\u30A1', '\u30F6') + "ー会員登録無料送商品購入注文支払方法円価格税込利用案内日本語年月時間一人";
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
        /** Letters between those of ASCII. */
        LATIN,
        /** Letters instead of those of ASCII, one byte each. */
        OTHER,
        /** Chinese characters of two bytes, and kana. */
        HAN,
        /** Korean syllables of two bytes. */
        HANGUL
    }

    /** The letters of a language in one character set. */
    private record Profile(ScriptGroup script, BitSet frequent, BitSet others) {}

    private static void add(ScriptGroup script, String charset, String frequent, String others) {
        PROFILES.computeIfAbsent(Charset.forName(charset), set -> new ArrayList<>())
                .add(new Profile(script, letters(frequent), letters(others)));
    }

    private static BitSet letters(String letters) {
        BitSet set = new BitSet();
        letters.chars().forEach(set::set);
        return set;
    }

    private static String span(char first, char last) {
        StringBuilder span = new StringBuilder();
        for (char c = first; c <= last; c++) {
            span.append(c);
        }
        return span.toString();
    }

    /**
     * The parts of a body that are not ASCII, with a little of what stands around them.
     *
     * @return up to {@link #MAX_SAMPLE_BYTES} bytes, none if all is ASCII
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

    /** The set in which a sample reads best; windows-1252 if it reads well in none. */
    static Charset guess(byte[] sample) {
        Charset best = WINDOWS_1252;
        // a few signs in English text fit many sets by chance
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
     * How much a sample looks like a language of a set that is known here.
     *
     * @return 1 for nothing but frequent letters, below 0 for what is no text; 1 for a set that is not known here
     */
    static double fit(byte[] sample, Charset charset) {
        List<Profile> profiles = PROFILES.get(charset);
        return profiles == null ? 1 : fit(new String(sample, charset), profiles) / Math.max(1, letters(sample));
    }

    /** Bytes that are not ASCII. */
    static int letters(byte[] sample) {
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
            return wide(c, after, profile);
        }
        if (!Character.isLetter(c) && Character.getType(c) != Character.NON_SPACING_MARK) {
            boolean inWord = Character.isLetter(before) && Character.isLetter(after);
            boolean quote = Character.getType(c) == Character.FINAL_QUOTE_PUNCTUATION; // the apostrophe of it’s
            return isPunctuation(c) && (!inWord || quote) ? PUNCTUATION : FOREIGN;
        }
        char lower = Character.toLowerCase(c);
        if (c != lower && Character.isLowerCase(before)) {
            return FOREIGN;
        }
        boolean mixed =
                profile.script == ScriptGroup.LATIN ? before >= 0x80 && Character.isLetter(before) : isAscii(before);
        double weight = profile.frequent.get(lower) ? FREQUENT : profile.others.get(lower) ? OF_SCRIPT : FOREIGN;
        if (weight > 0 && mixed) {
            return weight - 0.75;
        }
        boolean alone =
                profile.script == ScriptGroup.LATIN && !Character.isLetter(before) && !Character.isLetter(after);
        return weight > 0 && alone ? Character.isDigit(after) ? FOREIGN : OF_SCRIPT : weight;
    }

    private static double wide(char c, char after, Profile profile) {
        if (after >= 'a' && after <= 'z') {
            return FOREIGN; // what was taken for two bytes of one character is an accent inside a word
        }
        if (profile.frequent.get(c)) {
            return 2 * FREQUENT;
        }
        if (c >= 0x3000 && c <= 0x303F || c >= 0xFF01 && c <= 0xFF60) {
            return 2 * PUNCTUATION;
        }
        boolean ofScript =
                profile.script == ScriptGroup.HANGUL ? c >= 0xAC00 && c <= 0xD7A3 : c >= 0x4E00 && c <= 0x9FFF;
        return ofScript ? 2 * OF_SCRIPT : 2 * FOREIGN;
    }

    private static boolean isAscii(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    private static boolean isPunctuation(char c) {
        return c >= 0x2010 && c <= 0x203A || "\u00A0«»©®™°·€£§¡¿–—…•№".indexOf(c) >= 0;
    }
}
