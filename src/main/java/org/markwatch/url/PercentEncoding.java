package org.markwatch.url;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Normal form of percent-encoding (RFC 3986 section 6.2.2; WHATWG URL, 'percent-encoded bytes'). */
final class PercentEncoding {
    private static final String HEX = "0123456789ABCDEF";
    /** Whether a character of ASCII needs no encoding in any part and is no percent sign. */
    private static final boolean[] PLAIN = new boolean[0x7F];

    static {
        for (char c = '!'; c < PLAIN.length; c++) {
            PLAIN[c] = "%\"<>`{}|\\^".indexOf(c) < 0;
        }
    }

    private PercentEncoding() {}

    /** Returns whether a character needs no encoding and is no percent sign. */
    static boolean isPlain(int c, String alsoEncoded) {
        return c < PLAIN.length && PLAIN[c] && alsoEncoded.indexOf(c) < 0;
    }

    /**
     * Appends a part of a URL: encodes the characters that need it, decodes unreserved characters, and writes
     * encodings in upper case.
     *
     * @param alsoEncoded characters that are encoded in this part, beside those that every part encodes
     */
    static void append(StringBuilder out, String part, String alsoEncoded) {
        for (int i = 0; i < part.length(); ) {
            int c = part.codePointAt(i);
            if (c == '%' && encoded(part, i) >= 0) {
                int value = encoded(part, i);
                if (isUnreserved(value)) {
                    out.append((char) value);
                } else {
                    appendByte(out, value);
                }
                i += 3;
                continue;
            }
            if (isPlain(c, alsoEncoded)) {
                out.append((char) c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    appendByte(out, b & 0xFF);
                }
            }
            i += Character.charCount(c);
        }
    }

    /** Decodes a part of a URL; returns null if a percent sign does not begin an encoded byte. */
    static @Nullable String decode(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
        for (int i = 0; i < part.length(); ) {
            int c = part.codePointAt(i);
            if (c == '%') {
                int value = encoded(part, i);
                if (value < 0) {
                    return null;
                }
                bytes.write(value);
                i += 3;
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Returns the byte that is encoded at a percent sign, or -1. */
    private static int encoded(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = hex(text.charAt(at + 1));
        int low = hex(text.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static void appendByte(StringBuilder out, int value) {
        out.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
