package org.markwatch.crawl.content;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition;

/**
 * Detects by the bytes of a body that it is not text, regardless of its headers (rule T3).
 *
 * <p>The table contains the patterns of WHATWG MIME Sniffing sections 6.1 to 6.5, and signatures of common formats that
 * the standard omits (AVIF, HEIC, JPEG XL, TIFF, 7z and others).
 */
public final class Signatures {
    /**
     * Length of the resource header in bytes (WHATWG MIME Sniffing section 5.2). A shorter body is checked as a whole.
     */
    public static final int HEADER_BYTES = 1445;

    /** Bytes at the beginning among which a binary format has a binary data byte. */
    private static final int BINARY_HEADER_BYTES = 64;

    /** The byte order mark of UTF-8, one character for each byte. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

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
     * @param body     first bytes of a decoded body
     * @param length   number of bytes that are filled, up to {@link #HEADER_BYTES}
     * @param detector new detector; the bytes are its first window
     * @return the kind, or null if the body may be text
     */
    public static Disposition.@Nullable RefusalKind nonTextKind(byte[] body, int length, BinaryDetector detector) {
        boolean binary = detector.isBinary(body, 0, length);
        Disposition.RefusalKind kind = signatureKind(body, 0, length, binary, detector);
        if (kind == null) {
            int padding = paddingLength(body, length);
            kind = padding == 0 ? null : signatureKind(body, padding, length, binary, detector);
        }
        if (kind != null) {
            return kind;
        }
        return binary ? Disposition.RefusalKind.OTHER_TYPE : null;
    }

    private static Disposition.@Nullable RefusalKind signatureKind(
            byte[] body, int from, int length, boolean binary, BinaryDetector detector) {
        int headerEnd = Math.min(length, from + BINARY_HEADER_BYTES);
        boolean binaryHeader = binary || detector.hasBinaryByte(body, from, headerEnd);
        for (Signature signature : TABLE) {
            if ((binaryHeader || !signature.onlyIfBinary) && signature.matches(body, from, length)) {
                // what stands before markup, which browsers show as such
                boolean text = !binary
                        && !detector.hasBinaryByte(body, from + signature.length(), headerEnd)
                        && HtmlTags.areIn(body, length);
                return text ? null : signature.kind;
            }
        }
        // the box before 'ftyp' begins with its size, whose bytes may look like padding
        int box = from > 0 && length >= from + 8 && ascii(body, from, from + 4).equals("ftyp") ? from - 4 : from;
        if ((binaryHeader || from > 0)
                && box >= 0
                && length >= box + 12
                && ascii(body, box + 4, box + 8).equals("ftyp")) {
            String brand = ascii(body, box + 8, box + 12);
            boolean picture = brand.startsWith("avi")
                    || brand.startsWith("hei")
                    || brand.startsWith("mif")
                    || brand.startsWith("msf");
            return picture ? Disposition.RefusalKind.IMAGE : Disposition.RefusalKind.VIDEO;
        }
        return null;
    }

    /** Returns the number of binary data bytes and white space before the content; 0 if there is only white space. */
    private static int paddingLength(byte[] body, int length) {
        int end = 0;
        boolean binary = false;
        while (end < length && body[end] >= 0 && body[end] <= ' ') {
            binary |= BinaryDetector.isBinaryByte(body[end]);
            end++;
        }
        return binary ? end : 0;
    }

    /**
     * Returns whether a body without a usable media type is HTML rather than plain text (WHATWG MIME Sniffing section
     * 7.1). White space and stray control bytes may precede it.
     */
    static boolean looksLikeHtml(byte[] body, int length) {
        int at = length >= 3 && ascii(body, 0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
        int end = Math.min(length, HEADER_BYTES);
        while (at < end && body[at] >= 0 && body[at] <= ' ') {
            at++;
        }
        return at < end && body[at] == '<';
    }

    /** Returns whether the first element is svg, an image in text form unless HTML follows. */
    static boolean isSvg(byte[] body, int length) {
        return root(ascii(body, 0, Math.min(length, HEADER_BYTES))).startsWith("<svg");
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
        int at = text.startsWith(BYTE_ORDER_MARK) ? 3 : 0;
        while (at < text.length()) {
            if (text.charAt(at) <= ' ') { // white space and stray control bytes
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

        int length() {
            return pattern.length;
        }

        boolean matches(byte[] body, int from, int length) {
            if (length - from < pattern.length) {
                return false;
            }
            for (int i = 0; i < pattern.length; i++) {
                if (pattern[i] != ANY && pattern[i] != (body[from + i] & 0xFF)) {
                    return false;
                }
            }
            return true;
        }
    }
}
