package org.markwatch.crawl;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.HostNames;

/**
 * Converts http and https URLs to their canonical form, which identifies a page in the frontier.
 *
 * <p>Parses references as browsers do (WHATWG URL: stray white space, backslashes, numeric IPv4 addresses in any form),
 * then normalises them (RFC 3986 sections 6.2.2 and 6.2.3: lower-case scheme and host, host names in Punycode, no
 * default port, no dot segments, upper-case percent-encoding only where needed). Removes credentials and fragments.
 */
public final class CanonicalUrl {
    /** Longest URL in characters that the crawl follows. */
    public static final int MAX_LENGTH = 2048;

    private static final String HEX = "0123456789ABCDEF";
    private static final String ALWAYS_ENCODED = " \"<>`{}|\\^";

    private CanonicalUrl() {}

    /**
     * Returns the canonical form of an absolute URL.
     *
     * @param url an absolute URL in any spelling that a browser accepts
     * @return the canonical URL, or empty if it is not an absolute http or https URL with a valid host
     */
    public static Optional<URI> of(String url) {
        return resolve(null, url);
    }

    /** Like {@link #of(String)}. Returns the same object if the URL is canonical already, without parsing it again. */
    static Optional<URI> of(URI url) {
        return isPlain(url) ? Optional.of(url) : of(url.toString());
    }

    /**
     * Resolves a reference against the URL of its page.
     *
     * @param base      canonical URL of the page, or null to accept absolute references only
     * @param reference a reference from markup or a Location header, as written
     * @return the canonical URL, or empty if the reference is not a valid http or https URL
     */
    public static Optional<URI> resolve(@Nullable URI base, String reference) {
        String text = clean(reference);
        int colon = schemeEnd(text);
        String scheme;
        String rest;
        if (colon >= 0) {
            scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
            rest = text.substring(colon + 1);
            if (!scheme.equals("http") && !scheme.equals("https")) {
                return Optional.empty();
            }
            if (!startsWithSlash(rest, 0) && base != null && scheme.equals(base.getScheme())) {
                return relative(base, rest);
            }
            return absolute(scheme, rest);
        }
        return base == null ? Optional.empty() : relative(base, text);
    }

    /**
     * Returns scheme, host and port of a canonical URL, the key for politeness and robots.txt:
     * {@code https://shop.example:8443}.
     */
    static String hostKey(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    /** Returns the port of a canonical URL, explicit or default. */
    static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return url.getScheme().equals("https") ? 443 : 80;
    }

    private static Optional<URI> relative(URI base, String rest) {
        String scheme = base.getScheme();
        if (startsWithSlash(rest, 0) && startsWithSlash(rest, 1)) {
            return absolute(scheme, rest);
        }
        String authority = base.getRawAuthority();
        int query = indexOfAny(rest, "?#", 0);
        String path = query < 0 ? rest : rest.substring(0, query);
        String tail = query < 0 ? "" : rest.substring(query);
        if (path.isEmpty()) {
            if (!tail.startsWith("?") && base.getRawQuery() != null) {
                tail = "?" + base.getRawQuery();
            }
            path = base.getRawPath();
        } else if (!startsWithSlash(path, 0)) {
            String folder = base.getRawPath();
            path = folder.substring(0, folder.lastIndexOf('/') + 1) + path;
        }
        return write(scheme, authority, path, tail);
    }

    private static Optional<URI> absolute(String scheme, String rest) {
        int start = 0;
        while (startsWithSlash(rest, start)) {
            start++;
        }
        int end = indexOfAny(rest, "/\\?#", start);
        String authority = end < 0 ? rest.substring(start) : rest.substring(start, end);
        String tail = end < 0 ? "" : rest.substring(end);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        String port = "";
        int colon = host.lastIndexOf(':');
        if (colon >= 0 && host.indexOf(']', colon) < 0) {
            port = host.substring(colon + 1);
            host = host.substring(0, colon);
        }
        String canonicalHost = host(host);
        String canonicalPort = port(scheme, port);
        if (canonicalHost == null || canonicalPort == null) {
            return Optional.empty();
        }
        int query = indexOfAny(tail, "?#", 0);
        return write(
                scheme,
                canonicalHost + canonicalPort,
                query < 0 ? tail : tail.substring(0, query),
                query < 0 ? "" : tail.substring(query));
    }

    private static Optional<URI> write(String scheme, String authority, String path, String tail) {
        String query = tail;
        int fragment = query.indexOf('#');
        if (fragment >= 0) {
            query = query.substring(0, fragment);
        }
        StringBuilder url = new StringBuilder(scheme).append("://").append(authority);
        appendPath(url, path);
        if (query.length() > 1) {
            appendEncoded(url, query, "'");
        }
        URI uri = URI.create(url.toString());
        return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
    }

    private static boolean isPlain(URI url) {
        String scheme = url.getScheme();
        String host = url.getHost();
        return ("http".equals(scheme) || "https".equals(scheme))
                && host != null
                && host.length() == url.getRawAuthority().length()
                && isPlainName(host)
                && url.getRawPath().startsWith("/")
                && !url.getRawPath().contains("/.")
                && url.getRawFragment() == null
                && isPlain(url.getRawPath(), "[]")
                && (url.getRawQuery() == null || !url.getRawQuery().isEmpty() && isPlain(url.getRawQuery(), "'"));
    }

    /** Returns whether a host is a name of lower-case labels, the last of which begins with a letter. */
    private static boolean isPlainName(String host) {
        int label = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.') {
                if (i == label) {
                    return false;
                }
                label = i + 1;
            } else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') || i - label >= 63) {
                return false;
            }
        }
        return host.length() <= 253 && label < host.length() && host.charAt(label) >= 'a';
    }

    private static boolean isPlain(String part, String alsoEncoded) {
        for (int i = 0; i < part.length(); i++) {
            if (!isPlain(part.charAt(i), alsoEncoded)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int c, String alsoEncoded) {
        return c > ' ' && c < 0x7F && c != '%' && ALWAYS_ENCODED.indexOf(c) < 0 && alsoEncoded.indexOf(c) < 0;
    }

    private static void appendPath(StringBuilder url, String path) {
        Deque<String> segments = new ArrayDeque<>();
        int start = startsWithSlash(path, 0) ? 1 : 0;
        boolean folder = true;
        while (start <= path.length()) {
            int slash = indexOfAny(path, "/\\", start);
            int end = slash < 0 ? path.length() : slash;
            StringBuilder encoded = new StringBuilder(end - start);
            appendEncoded(encoded, path.substring(start, end), "[]#?");
            String segment = encoded.toString();
            folder = segment.equals(".") || segment.equals("..");
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.equals(".")) {
                segments.addLast(segment);
            }
            start = end + 1;
        }
        if (segments.isEmpty() || folder) {
            segments.addLast("");
        }
        for (String segment : segments) {
            url.append('/').append(segment);
        }
    }

    /** Percent-encodes the characters that need it, and decodes unreserved characters (RFC 3986 section 6.2.2.2). */
    private static void appendEncoded(StringBuilder out, String text, String alsoEncoded) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == '%' && i + 2 < text.length() && hex(text, i + 1) >= 0 && hex(text, i + 2) >= 0) {
                int value = hex(text, i + 1) * 16 + hex(text, i + 2);
                if (unreserved(value)) {
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

    private static void appendByte(StringBuilder out, int value) {
        out.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
    }

    private static boolean unreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    private static int hex(String text, int at) {
        char c = text.charAt(at);
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static @Nullable String port(String scheme, String port) {
        if (port.isEmpty()) {
            return "";
        }
        int number = 0;
        for (int i = 0; i < port.length(); i++) {
            int digit = port.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            number = number * 10 + digit;
            if (number > 65535) {
                return null;
            }
        }
        boolean isDefault = number == (scheme.equals("https") ? 443 : 80);
        return isDefault ? "" : ":" + number;
    }

    private static @Nullable String host(String written) {
        if (written.isEmpty()) {
            return null;
        }
        if (written.startsWith("[")) {
            return ipv6(written);
        }
        String decoded = percentDecoded(written);
        String name = decoded == null ? null : HostNames.toAscii(decoded);
        if (name == null) {
            return null;
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.isEmpty() || name.length() > 253 || name.startsWith(".") || name.contains("..")) {
            return null;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.')) {
                return null;
            }
        }
        return isNumeric(name.substring(name.lastIndexOf('.') + 1)) ? ipv4(name) : name;
    }

    private static @Nullable String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length() * 3];
        int n = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == '%') {
                if (i + 2 >= text.length() || hex(text, i + 1) < 0 || hex(text, i + 2) < 0) {
                    return null;
                }
                bytes[n++] = (byte) (hex(text, i + 1) * 16 + hex(text, i + 2));
                i += 3;
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    bytes[n++] = b;
                }
                i += Character.charCount(c);
            }
        }
        return new String(bytes, 0, n, StandardCharsets.UTF_8);
    }

    private static boolean isNumeric(String label) {
        if (label.isEmpty()) {
            return false;
        }
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
                && bracketed.length() > 3
                && bracketed
                        .substring(1, bracketed.length() - 1)
                        .chars()
                        .allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.')
                && bracketed.indexOf(':') > 0;
        if (!wellFormed) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByName(bracketed); // a literal, so no name is resolved
            String text = address.getHostAddress();
            return address instanceof Inet6Address ? "[" + text + "]" : text; // Java maps IPv4-mapped addresses to IPv4
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /**
     * Removes C0 controls and spaces at both ends, and tabs and line breaks anywhere (WHATWG URL, 'basic URL parser').
     */
    private static String clean(String reference) {
        int start = 0;
        int end = reference.length();
        while (start < end && reference.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && reference.charAt(end - 1) <= ' ') {
            end--;
        }
        StringBuilder out = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = reference.charAt(i);
            if (c != '\t' && c != '\n' && c != '\r') {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (c == ':' && i > 0) {
                return i;
            }
            if (!letter && (i == 0 || !later)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean startsWithSlash(String text, int at) {
        return at < text.length() && (text.charAt(at) == '/' || text.charAt(at) == '\\');
    }

    private static int indexOfAny(String text, String any, int from) {
        for (int i = from; i < text.length(); i++) {
            if (any.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
