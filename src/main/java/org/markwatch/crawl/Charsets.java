package org.markwatch.crawl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides in which character set a page is written: byte order mark, then Content-Type, then the first 1024 bytes of markup
 * (WHATWG HTML section 13.2.3.2), then UTF-8 if the bytes are valid UTF-8, else windows-1252. A name that nobody knows is
 * passed over.
 */
final class Charsets {
    private static final int PRESCAN = 1024;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Labels that stand for a larger set on the web (WHATWG Encoding section 4.2), by their name in Java. */
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
     * @param declared charset parameter of Content-Type, or null
     * @param markup   whether a declaration in the markup counts
     */
    static Charset of(byte[] body, int length, @Nullable String declared, boolean markup) {
        Charset marked = byteOrderMark(body, length);
        if (marked != null) {
            return marked;
        }
        Charset named = declared == null ? null : byLabel(declared);
        if (named == null && markup) {
            String inMarkup = prescan(new String(body, 0, Math.min(length, PRESCAN), StandardCharsets.ISO_8859_1));
            named = inMarkup == null ? null : byLabel(inMarkup);
            if (named != null && named.name().startsWith("UTF-16")) {
                named = StandardCharsets.UTF_8; // the declaration was readable as ASCII, so it cannot be true
            }
        }
        if (named != null) {
            return named;
        }
        return isUtf8(body, length) ? StandardCharsets.UTF_8 : WINDOWS_1252;
    }

    /** Bytes that the byte order mark takes, which are no text. */
    static int byteOrderMarkLength(byte[] body, int length) {
        Charset marked = byteOrderMark(body, length);
        return marked == null ? 0 : marked.equals(StandardCharsets.UTF_8) ? 3 : 2;
    }

    private static @Nullable Charset byteOrderMark(byte[] body, int length) {
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

    static @Nullable Charset byLabel(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT);
        try {
            return Charset.forName(LABELS.getOrDefault(name, name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null; // unknown on this machine: as if nothing had been declared
        } catch (IllegalArgumentException e) {
            return null; // an empty name
        }
    }

    /** The value after the first {@code charset=} inside a meta element, or the encoding of an XML declaration. */
    private static @Nullable String prescan(String start) {
        String text = start.toLowerCase(Locale.ROOT);
        if (text.startsWith("<?xml")) {
            int end = text.indexOf("?>");
            int encoding = text.indexOf("encoding", 5);
            if (encoding > 0 && encoding < end) {
                return value(text, encoding + 8);
            }
        }
        for (int meta = text.indexOf("<meta"); meta >= 0; meta = text.indexOf("<meta", meta + 5)) {
            int end = text.indexOf('>', meta);
            int charset = text.indexOf("charset", meta);
            if (charset > 0 && (end < 0 || charset < end)) {
                String value = value(text, charset + 7);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
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

    private static boolean isUtf8(byte[] body, int length) {
        // a body that was cut off may end inside a character
        int end = length;
        for (int back = 1; back <= 3 && back <= length; back++) {
            int b = body[length - back] & 0xFF;
            if (b >= 0xC0) {
                end = length - back;
                break;
            }
            if (b < 0x80) {
                break;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, 0, end));
            return true;
        } catch (CharacterCodingException e) {
            return false; // the question was whether it is
        }
    }
}
