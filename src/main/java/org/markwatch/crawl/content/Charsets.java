package org.markwatch.crawl.content;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Detects the character set of a page.
 *
 * <p>The sources in order: byte order mark, Content-Type, the zero bytes of undeclared UTF-16, the first 1024 bytes of markup (WHATWG HTML section
 * 13.2.3.2), UTF-8 if the bytes are valid UTF-8, and a guess from a sample ({@link CharsetGuess}). Unknown names are
 * ignored, as are declarations that contradict the bytes.
 */
public final class Charsets {
    private static final int PRESCAN_BYTES = 1024;
    /** Bytes by which the type of a body is told. */
    private static final int START_BYTES = 1 << 14;

    /** Minimum of non-ASCII bytes in a sample that overrules a declaration. */
    private static final int MIN_EVIDENCE_BYTES = 8;

    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?(?:-->|$)");

    /** Text by which {@link #isAsciiCompatible} tests a character set. */
    private static final String ASCII = "<p class=\"a\">Pay 19.90 by Card</p>";

    /** Java names of labels that stand for a superset on the web (WHATWG Encoding section 4.2). */
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("iso8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("l1", "windows-1252"),
            Map.entry("ascii", "windows-1252"),
            Map.entry("us-ascii", "windows-1252"),
            Map.entry("x-user-defined", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("latin5", "windows-1254"),
            Map.entry("iso-8859-11", "x-windows-874"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("windows-874", "x-windows-874"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("x-gbk", "GB18030"),
            Map.entry("big5", "Big5-HKSCS"),
            Map.entry("utf8", "UTF-8"),
            Map.entry("unicode", "UTF-16LE"),
            Map.entry("utf-16", "UTF-16LE"));

    private Charsets() {}

    /**
     * Returns the character set of a body.
     *
     * @param length   number of bytes of {@code body} that are filled
     * @param declared charset parameter of Content-Type, or null
     * @param markup   whether a declaration in the markup counts
     */
    public static Charset detect(byte[] body, int length, @Nullable String declared, boolean markup) {
        Charset known = utf16(body, length, declared);
        known = known == null ? byteOrderMark(body, length) : known;
        if (known != null) {
            return known;
        }
        byte[] sample = CharsetGuess.sample(body, length);
        Utf8Check utf8 = Utf8Check.of(sample);
        for (Charset named : declarations(body, length, declared, markup)) {
            if (isCredible(named, sample, utf8)) {
                return named;
            }
        }
        return utf8.isLikely() ? StandardCharsets.UTF_8 : CharsetGuess.guess(sample);
    }

    /**
     * Returns the beginning of a body, of UTF-16 with one byte for each character, so that markup can be recognised by
     * ASCII bytes.
     *
     * @param declared charset parameter of Content-Type, or null
     */
    static byte[] narrowStart(byte[] body, int length, @Nullable String declared) {
        Charset utf16 = utf16(body, length, declared);
        int end = Math.min(length, START_BYTES);
        if (utf16 == null) {
            return Arrays.copyOf(body, end);
        }
        int mark = byteOrderMarkLength(body, length);
        return new String(body, mark, end - mark, utf16).getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns the kind of UTF-16 of a body: by its byte order mark, by the declared name, or by the zero bytes of Latin
     * text; null if it is not UTF-16.
     */
    private static @Nullable Charset utf16(byte[] body, int length, @Nullable String declared) {
        Charset marked = byteOrderMark(body, length);
        if (marked != null) {
            return isUtf16(marked) ? marked : null;
        }
        Charset named = declared == null ? null : byLabel(declared);
        if (named != null) {
            return isUtf16(named) ? named : null;
        }
        int units = Math.min(length, PRESCAN_BYTES) / 2;
        int first = 0;
        int second = 0;
        for (int i = 0; i < units; i++) {
            first += body[2 * i] == 0 ? 1 : 0;
            second += body[2 * i + 1] == 0 ? 1 : 0;
        }
        boolean latin = units >= MIN_EVIDENCE_BYTES && Math.max(first, second) * 10 > units * 9;
        if (!latin || first > 0 && second > 0 || HtmlTags.beginIn(body, Math.min(length, START_BYTES))) {
            return null; // tags that are readable as ASCII prove that it is not UTF-16
        }
        return first > second ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }

    private static boolean isUtf16(Charset set) {
        return set.name().startsWith("UTF-16");
    }

    /** Returns the declared character sets, the most credible first. */
    private static List<Charset> declarations(byte[] body, int length, @Nullable String declared, boolean markup) {
        List<Charset> declarations = new ArrayList<>(2);
        Charset inHeader = declared == null ? null : byLabel(declared);
        if (inHeader != null) {
            declarations.add(inHeader);
        }
        String label = markup
                ? prescan(new String(body, 0, Math.min(length, PRESCAN_BYTES), StandardCharsets.ISO_8859_1))
                : null;
        Charset inMarkup = label == null ? null : byLabel(label);
        if (inMarkup != null) {
            // a declaration that is readable as ASCII proves that the page is not UTF-16
            declarations.add(isUtf16(inMarkup) ? StandardCharsets.UTF_8 : inMarkup);
        }
        return declarations;
    }

    /** Returns whether the bytes are consistent with a declared character set. */
    private static boolean isCredible(Charset named, byte[] sample, Utf8Check utf8) {
        if (sample.length == 0 || isUtf16(named)) {
            return true;
        }
        if (named.equals(StandardCharsets.UTF_8)) {
            return utf8.isLikely();
        }
        if (utf8.isCertain()) {
            return false;
        }
        double fit = CharsetGuess.fit(sample, named);
        return fit >= CharsetGuess.GOOD_FIT
                || CharsetGuess.nonAsciiBytes(sample) < MIN_EVIDENCE_BYTES
                || CharsetGuess.fit(sample, CharsetGuess.guess(sample)) < fit + CharsetGuess.MIN_ADVANTAGE;
    }

    /**
     * The result of decoding a sample as UTF-8.
     *
     * @param characters characters of more than one byte
     * @param faults     malformed sequences
     */
    private record Utf8Check(int characters, int faults) {
        static Utf8Check of(byte[] sample) {
            int characters = 0;
            int faults = 0;
            String text = new String(sample, StandardCharsets.UTF_8);
            for (int i = 0; i < text.length() - 1; i++) { // a sample may end inside a character
                char c = text.charAt(i);
                if (c == '\uFFFD') {
                    faults++;
                } else if (c >= 0x80) {
                    characters++;
                }
            }
            return new Utf8Check(characters, faults);
        }

        boolean isLikely() {
            return faults * 10 <= characters;
        }

        boolean isCertain() {
            return characters >= 3 && faults == 0;
        }
    }

    /** Returns the length of the byte order mark in bytes, 0 if there is none. */
    public static int byteOrderMarkLength(byte[] body, int length) {
        Charset marked = byteOrderMark(body, length);
        return marked == null ? 0 : marked.equals(StandardCharsets.UTF_8) ? 3 : 2;
    }

    /** Returns the character set that the byte order mark of a body names, or null if there is none. */
    static @Nullable Charset byteOrderMark(byte[] body, int length) {
        if (length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (length >= 2 && body[0] == (byte) 0xFE && body[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (length >= 2 && body[0] == (byte) 0xFF && body[1] == (byte) 0xFE) {
            return StandardCharsets.UTF_16LE;
        }
        return null;
    }

    /**
     * Returns the character set that a label names on the web, or null if it is unknown or not compatible with ASCII.
     */
    static @Nullable Charset byLabel(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT);
        try {
            Charset named = Charset.forName(LABELS.getOrDefault(name, name));
            return isAsciiCompatible(named) ? named : null;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null; // unknown to this Java runtime
        } catch (IllegalArgumentException e) {
            return null; // an empty name
        }
    }

    /**
     * Returns whether ASCII text has ASCII bytes in a set, or the set is UTF-16: all sets of browsers are such (WHATWG
     * Encoding section 4.1). Java also supports UTF-32 and EBCDIC, which browsers do not decode.
     */
    private static boolean isAsciiCompatible(Charset set) {
        return isUtf16(set) || new String(ASCII.getBytes(StandardCharsets.US_ASCII), set).equals(ASCII);
    }

    /** Returns the character set that the first meta element names outside of comments, or else the XML declaration. */
    private static @Nullable String prescan(String start) {
        String text = COMMENT.matcher(start.toLowerCase(Locale.ROOT)).replaceAll("");
        for (int meta = text.indexOf("<meta"); meta >= 0; meta = text.indexOf("<meta", meta + 5)) {
            int end = text.indexOf('>', meta);
            int charset = text.indexOf("charset", meta);
            if (charset > 0 && (end < 0 || charset < end) && isDeclaration(text, meta, charset, end)) {
                String value = value(text, charset + 7);
                if (value != null) {
                    return value;
                }
            }
        }
        if (text.startsWith("<?xml")) {
            int end = text.indexOf("?>");
            int encoding = text.indexOf("encoding", 5);
            if (encoding > 0 && encoding < end) {
                return value(text, encoding + 8);
            }
        }
        return null;
    }

    /** Whether {@code charset} in a meta element is an attribute, or a part of what stands for a header. */
    private static boolean isDeclaration(String text, int meta, int charset, int end) {
        int content = text.indexOf("content=", meta);
        int header = text.indexOf("http-equiv", meta);
        return content < 0 || content > charset || header >= 0 && (end < 0 || header < end);
    }

    private static @Nullable String value(String text, int from) {
        int at = skipSpace(text, from);
        if (at >= text.length() || text.charAt(at) != '=') {
            return null;
        }
        at = skipSpace(text, at + 1);
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
            at++;
        }
        int end = at;
        while (end < text.length() && " \t\r\n\"';/>?".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end == at ? null : text.substring(at, end);
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }
}
