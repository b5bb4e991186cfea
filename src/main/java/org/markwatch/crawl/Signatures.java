package org.markwatch.crawl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Detects by the bytes of a body that it is not text, regardless of its headers (rule T3).
 *
 * <p>The table contains the patterns of WHATWG MIME Sniffing sections 6.1 to 6.5, and signatures of common formats that
 * the standard omits (AVIF, HEIC, JPEG XL, TIFF, 7z and others).
 */
final class Signatures {
    /**
     * Length of the resource header in bytes (WHATWG MIME Sniffing section 5.2). A shorter body is checked as a whole.
     */
    static final int HEADER_BYTES = 1445;

    /** Size in bytes of the windows in which the rest of a body is checked. */
    static final int WINDOW_BYTES = 1024;

    /**
     * Bit mask of the control characters that are binary data bytes: all but tab, line feed, form feed, carriage
     * return, escape.
     */
    private static final int BINARY_DATA_BYTES = ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0C | 1 << 0x0D | 1 << 0x1B);

    /** Bytes of a saved page in which tags are looked for. */
    private static final int FRAGMENT_BYTES = 1 << 14;

    /** A tag of an element that text on a page is in. */
    private static final Pattern TAG = Pattern.compile(
            "</?(?:a|b|blockquote|body|br|button|center|dd|div|dl|dt|em|font|footer|form|h[1-6]|head|header|hr|html|i|img"
                    + "|input|label|li|main|nav|ol|option|p|pre|script|section|select|small|span|strong|style|sub|sup"
                    + "|table|tbody|td|th|title|tr|u|ul)(?:\\s[^<>]{0,2000})?/?>",
            Pattern.CASE_INSENSITIVE);

    private static final List<Signature> TABLE = new ArrayList<>();

    static {
        // patterns of hexadecimal bytes, quoted ASCII, and .. for any byte
        add(
                Disposition.RefusalKind.IMAGE,
                "00 00 01 00",
                "00 00 02 00",
                "'GIF87a'",
                "'GIF89a'",
                "'RIFF' .. .. .. .. 'WEBPVP'");
        add(
                Disposition.RefusalKind.IMAGE,
                "89 'PNG' 0D 0A 1A 0A",
                "FF D8 FF",
                "'II' 2A 00",
                "'MM' 00 2A",
                "'8BPS' 00 01");
        add(
                Disposition.RefusalKind.IMAGE,
                "00 00 00 0C 'JXL ' 0D 0A 87 0A",
                "00 00 00 0C 'jP  ' 0D 0A 87 0A",
                "FF 4F FF 51");
        add(
                Disposition.RefusalKind.IMAGE,
                "'II' 2B 00",
                "'MM' 00 2B",
                "'II' BC 01",
                "76 2F 31 01",
                "D7 CD C6 9A",
                "'gimp xcf '");
        addIfBinary(
                Disposition.RefusalKind.IMAGE,
                "'BM'",
                "FF 0A",
                "'DDS '",
                "'qoif'",
                "'icns'",
                "'P4' 0A",
                "'P5' 0A",
                "'P6' 0A");
        add(Disposition.RefusalKind.AUDIO, "'FORM' .. .. .. .. 'AIFF'", "'ID3'", "'OggS' 00", "'MThd' 00 00 00 06");
        add(Disposition.RefusalKind.AUDIO, "'RIFF' .. .. .. .. 'WAVE'", "'.snd' 00", "'fLaC' 00", "'#!AMR' 0A");
        addIfBinary(Disposition.RefusalKind.AUDIO, "FF FB", "FF F3", "FF F2", "FF F1", "FF F9");
        add(
                Disposition.RefusalKind.VIDEO,
                "'RIFF' .. .. .. .. 'AVI '",
                "1A 45 DF A3",
                "'FLV' 01",
                "00 00 01 BA",
                "00 00 01 B3");
        add(Disposition.RefusalKind.AUDIO, "'FORM' .. .. .. .. 'AIFC'", "'caff' 00");
        add(Disposition.RefusalKind.VIDEO, "30 26 B2 75 8E 66 CF 11", "'.RMF' 00");
        addIfBinary(
                Disposition.RefusalKind.VIDEO,
                ".. .. .. .. 'moov'",
                ".. .. .. .. 'mdat'",
                ".. .. .. .. 'wide'",
                ".. .. .. .. 'free'");
        // MPEG transport stream: a synchronisation byte every 188 bytes
        addIfBinary(Disposition.RefusalKind.VIDEO, "47 " + ".. ".repeat(187) + "47 " + ".. ".repeat(187) + "47");
        addIfBinary(Disposition.RefusalKind.VIDEO, "'FWS'", "'CWS'", "'ZWS'");
        add(Disposition.RefusalKind.FONT, "00 01 00 00", "'OTTO' 00", "'ttcf' 00", "'wOFF'", "'wOF2'");
        addIfBinary(Disposition.RefusalKind.FONT, ".. ".repeat(34) + "'LP'"); // embedded OpenType
        add(
                Disposition.RefusalKind.ARCHIVE,
                "1F 8B 08",
                "'PK' 03 04",
                "'PK' 05 06",
                "'Rar!' 1A 07",
                "'Rar ' 1A 07",
                "'7z' BC AF 27 1C");
        add(
                Disposition.RefusalKind.ARCHIVE,
                "FD '7zXZ' 00",
                "28 B5 2F FD",
                "1F 9D",
                "7F 'ELF'",
                "CA FE BA BE",
                "'!<arch>' 0A");
        addIfBinary(Disposition.RefusalKind.ARCHIVE, "'MZ'", "'BZh'");
        add(Disposition.RefusalKind.SCRIPT, "00 'asm'");
        add(Disposition.RefusalKind.DOCUMENT, "'%PDF-'", "'%!PS-Adobe-'", "D0 CF 11 E0 A1 B1 1A E1", "'{\\rtf'");
    }

    private Signatures() {}

    /**
     * Returns the kind of content that the first bytes of a body indicate.
     *
     * @param body   first bytes of a decoded body
     * @param length number of bytes that are filled, up to {@link #HEADER_BYTES}
     * @return the kind, or null if the body may be text
     */
    static Disposition.@Nullable RefusalKind nonTextKind(byte[] body, int length) {
        int binaryBytes = isUtf16(body, length) ? 0 : binaryBytes(body, 0, length);
        for (Signature signature : TABLE) {
            if (signature.matches(body, length) && (!signature.onlyIfBinary || binaryBytes > 0)) {
                return signature.kind;
            }
        }
        if (length >= 12 && ascii(body, 4, 8).equals("ftyp")) {
            String brand = ascii(body, 8, 12);
            boolean picture = brand.startsWith("avi")
                    || brand.startsWith("hei")
                    || brand.startsWith("mif")
                    || brand.startsWith("msf");
            return picture ? Disposition.RefusalKind.IMAGE : Disposition.RefusalKind.VIDEO;
        }
        if (isSvg(body, length)) {
            return Disposition.RefusalKind.IMAGE;
        }
        // single control characters occur in text; formats without a signature in the table contain many
        return binaryBytes * 50 > length ? Disposition.RefusalKind.OTHER_TYPE : null;
    }

    /**
     * Returns whether a body without a usable media type is HTML rather than plain text (WHATWG MIME Sniffing section
     * 7.1).
     */
    static boolean looksLikeHtml(byte[] body, int length) {
        String start =
                ascii(body, 0, Math.min(length, HEADER_BYTES)).stripLeading().toLowerCase(Locale.ROOT);
        return start.startsWith("<") || start.startsWith("\u00ef\u00bb\u00bf<");
    }

    /** Returns whether the beginning of a body has a tag of HTML. Text may precede it. */
    static boolean hasTags(byte[] body, int length) {
        return TAG.matcher(ascii(body, 0, Math.min(length, FRAGMENT_BYTES))).find();
    }

    /**
     * Returns whether a window of a body is binary: more than one byte in twenty is a binary data byte. Text has none;
     * in compressed data about one byte in ten is one.
     *
     * @param from index of the first byte
     * @param to   index after the last byte
     */
    static boolean isBinary(byte[] body, int from, int to) {
        return binaryBytes(body, from, to) * 20 > to - from;
    }

    /** Returns whether a body has a UTF-16 byte order mark. Latin text in UTF-16 has a zero in every other byte. */
    static boolean isUtf16(byte[] body, int length) {
        return length >= 2
                && ((body[0] == (byte) 0xFE && body[1] == (byte) 0xFF)
                        || (body[0] == (byte) 0xFF && body[1] == (byte) 0xFE));
    }

    /** Counts the binary data bytes (WHATWG MIME Sniffing section 3). */
    private static int binaryBytes(byte[] body, int from, int to) {
        int n = 0;
        for (int i = from; i < to; i++) {
            // 1 for bytes below 0x20; without a branch, so that the JIT compiler can vectorise the loop
            int control = ((body[i] & 0xE0) - 1) >>> 31;
            n += (BINARY_DATA_BYTES >>> body[i]) & control;
        }
        return n;
    }

    /** Returns whether the root element is svg, an image in text form. */
    private static boolean isSvg(byte[] body, int length) {
        return root(ascii(body, 0, length)).startsWith("<svg");
    }

    /**
     * Detects XML that lists links: a feed (WHATWG MIME Sniffing section 7.3) or a sitemap, regardless of the declared
     * type.
     *
     * @return the media type, or null if the body is neither
     */
    static @Nullable String linkListType(byte[] body, int length) {
        String root = root(ascii(body, 0, Math.min(length, HEADER_BYTES)));
        if (root.startsWith("<rss") || root.startsWith("<rdf:rdf") && root.contains("http://purl.org/rss/1.0/")) {
            return "application/rss+xml";
        }
        if (root.startsWith("<feed")) {
            return "application/atom+xml";
        }
        return root.startsWith("<urlset") || root.startsWith("<sitemapindex") ? "application/xml" : null;
    }

    /** Returns the text from its root element on, in lower case; empty if other text precedes the element. */
    private static String root(String text) {
        int at = text.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("<!--", at)) {
                at = after(text, "-->", at + 4);
            } else if (text.startsWith("<?", at) || text.startsWith("<!", at)) {
                at = after(text, ">", at + 2);
            } else {
                return text.startsWith("<", at) ? text.substring(at).toLowerCase(Locale.ROOT) : "";
            }
        }
        return "";
    }

    private static int after(String text, String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }

    private static String ascii(byte[] body, int from, int to) {
        return new String(body, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static void add(Disposition.RefusalKind kind, String... patterns) {
        for (String pattern : patterns) {
            TABLE.add(new Signature(bytes(pattern), kind, false));
        }
    }

    /** Adds signatures that text may begin with by chance; they count only if the body contains binary data bytes. */
    private static void addIfBinary(Disposition.RefusalKind kind, String... patterns) {
        for (String pattern : patterns) {
            TABLE.add(new Signature(bytes(pattern), kind, true));
        }
    }

    private static int[] bytes(String pattern) {
        List<Integer> bytes = new ArrayList<>();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\'') {
                int end = pattern.indexOf('\'', i + 1);
                pattern.substring(i + 1, end).chars().forEach(bytes::add);
                i = end;
            } else if (c == '.') {
                bytes.add(Signature.ANY);
                i++;
            } else if (c != ' ') {
                bytes.add(Integer.parseInt(pattern, i, i + 2, 16));
                i++;
            }
        }
        return bytes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static final class Signature {
        private static final int ANY = -1;

        private final int[] pattern;
        private final Disposition.RefusalKind kind;
        private final boolean onlyIfBinary;

        Signature(int[] pattern, Disposition.RefusalKind kind, boolean onlyIfBinary) {
            this.pattern = pattern;
            this.kind = kind;
            this.onlyIfBinary = onlyIfBinary;
        }

        boolean matches(byte[] body, int length) {
            if (length < pattern.length) {
                return false;
            }
            for (int i = 0; i < pattern.length; i++) {
                if (pattern[i] != ANY && pattern[i] != (body[i] & 0xFF)) {
                    return false;
                }
            }
            return true;
        }
    }
}
