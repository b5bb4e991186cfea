package org.markwatch.url;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses hosts of URLs (WHATWG URL section 3.5): names in any script, IPv4 addresses in any number form, IPv6 addresses
 * in brackets. Resolves no names.
 *
 * <p>It deviates from the standard where hosts would differ in spelling only or could not be resolved: the dot after the
 * last label is removed, an IPv4-mapped IPv6 address becomes the IPv4 address, and names beyond the limits of DNS (RFC
 * 1035 section 2.3.4: empty labels, labels of more than 63 and names of more than 253 characters) are invalid.
 */
final class HostParser {
    /** Forbidden host code points and the percent sign (WHATWG URL section 3.1). Controls and DEL are forbidden too. */
    private static final String FORBIDDEN = " #/:<>?@[\\]^|%";

    private static final int MAX_LABEL_LENGTH = 63;
    private static final int MAX_NAME_LENGTH = 253;

    private HostParser() {}

    /** Returns the host in canonical form, or null if it is invalid. */
    static @Nullable String parse(String written) {
        if (written.startsWith("[")) {
            return ipv6(written);
        }
        String decoded = PercentEncoding.decode(written);
        String name = decoded == null ? null : HostNames.toAscii(decoded);
        if (name == null) {
            return null;
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (!isName(name)) {
            return null;
        }
        return isNumber(name.substring(name.lastIndexOf('.') + 1)) ? ipv4(name) : name;
    }

    private static boolean isName(String name) {
        int label = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : '.';
            if (c == '.') {
                if (i == label || i - label > MAX_LABEL_LENGTH) {
                    return false;
                }
                label = i + 1;
            } else if (c <= ' ' || c >= 0x7F || FORBIDDEN.indexOf(c) >= 0) {
                return false;
            }
        }
        return name.length() <= MAX_NAME_LENGTH;
    }

    /** WHATWG URL, 'ends in a number checker': such a host is an IPv4 address or invalid. */
    private static boolean isNumber(String label) {
        if (label.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return true;
        }
        return label.startsWith("0x") && label.substring(2).chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    /**
     * WHATWG URL, 'IPv4 parser': one to four decimal, octal or hexadecimal numbers; the last fills the remaining bytes.
     */
    private static @Nullable String ipv4(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            long value = number(parts[i]);
            boolean last = i == parts.length - 1;
            long limit = last ? 1L << (8 * (5 - parts.length)) : 256;
            if (value < 0 || value >= limit) {
                return null;
            }
            address = last ? address + value : address + (value << (8 * (3 - i)));
        }
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    /** Returns the value of a number (WHATWG URL, 'IPv4 number parser'), or -1. */
    private static long number(String part) {
        int radix = 10;
        String digits = part;
        if (part.startsWith("0x")) {
            radix = 16;
            digits = part.substring(2);
        } else if (part.length() > 1 && part.startsWith("0")) {
            radix = 8;
            digits = part.substring(1);
        }
        if (digits.isEmpty()) {
            return radix == 16 ? 0 : -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = Character.digit(digits.charAt(i), radix);
            if (digit < 0 || value > 0xFFFFFFFFL) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static @Nullable String ipv6(String bracketed) {
        boolean wellFormed = bracketed.endsWith("]")
                && bracketed.indexOf(':') > 0
                && bracketed
                        .substring(1, bracketed.length() - 1)
                        .chars()
                        .allMatch(c -> c == ':' || c == '.' || c < 0x80 && Character.digit(c, 16) >= 0);
        if (!wellFormed) {
            return null;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(bracketed);
            byte[] bytes = address.getAddress();
            return bytes.length == 4 ? address.getHostAddress() : "[" + compressed(bytes) + "]";
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** WHATWG URL, 'IPv6 serializer': the first longest run of two or more zero pieces is written as two colons. */
    private static String compressed(byte[] address) {
        int[] pieces = new int[8];
        for (int i = 0; i < 8; i++) {
            pieces[i] = (address[2 * i] & 0xFF) << 8 | address[2 * i + 1] & 0xFF;
        }
        int start = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && pieces[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                start = i;
                longest = end - i;
            }
            i = Math.max(i, end);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(pieces[i]).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
