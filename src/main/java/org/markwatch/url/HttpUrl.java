package org.markwatch.url;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https URL in canonical form, which identifies a page.
 *
 * <p>References are parsed as browsers do (WHATWG URL: stray white space, backslashes, numeric IPv4 addresses in any
 * form, hosts with underscores), then normalised (RFC 3986 sections 6.2.2 and 6.2.3: lower-case scheme and host, host
 * names in Punycode, no default port, no dot segments, upper-case percent-encoding only where needed). Credentials,
 * fragments and empty queries are removed. Every part is ASCII. Immutable; URLs are equal and ordered as their texts
 * are.
 */
public final class HttpUrl implements Comparable<HttpUrl> {
    private static final int MAX_PORT = 65_535;
    /** Characters that are encoded in a path, beside those that every part encodes. */
    private static final String ENCODED_IN_PATH = "[]#?";
    /** Characters that are encoded in a query of http and https (WHATWG URL, 'special-query percent-encode set'). */
    private static final String ENCODED_IN_QUERY = "'";

    private final String text;
    private final int hostStart;
    private final int hostEnd;
    private final int pathStart;
    /** Index of the question mark, or the length of the text. */
    private final int pathEnd;

    private HttpUrl(String text, int hostStart, int hostEnd, int pathStart, int pathEnd) {
        this.text = text;
        this.hostStart = hostStart;
        this.hostEnd = hostEnd;
        this.pathStart = pathStart;
        this.pathEnd = pathEnd;
    }

    /**
     * Parses an absolute URL in any spelling that a browser accepts.
     *
     * @return the URL, or empty if it is not an absolute http or https URL with a valid host
     */
    public static Optional<HttpUrl> parse(String url) {
        HttpUrl plain = plain(url);
        return plain != null ? Optional.of(plain) : resolve(null, url);
    }

    /**
     * Returns the URL that a text denotes; for texts that are known to be URLs.
     *
     * @throws IllegalArgumentException if the text is not an absolute http or https URL with a valid host
     */
    public static HttpUrl of(String url) {
        return parse(url)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + url + "' is not an absolute http or https URL with a valid host"));
    }

    /**
     * Resolves a reference against this URL.
     *
     * @param reference a reference from markup or a Location header, as written
     * @return the URL, or empty if the reference is not a valid http or https URL
     */
    public Optional<HttpUrl> resolve(String reference) {
        HttpUrl plain = plain(reference);
        if (plain == null && isSlash(reference, 0) && !isSlash(reference, 1)) {
            int end = plainPathEnd(reference, 0);
            plain = end < 0 ? null : new HttpUrl(origin() + reference, hostStart, hostEnd, pathStart, pathStart + end);
        }
        return plain != null ? Optional.of(plain) : resolve(this, reference);
    }

    /** Returns the scheme: {@code http} or {@code https}. */
    public String scheme() {
        return isHttps() ? "https" : "http";
    }

    /** Whether the scheme is https. */
    public boolean isHttps() {
        return text.charAt(4) == 's';
    }

    /** Returns the host: a name, an IPv4 address, or an IPv6 address in brackets. */
    public String host() {
        return text.substring(hostStart, hostEnd);
    }

    /** Returns the port, explicit or default, from 0 to 65535. */
    public int port() {
        if (hasDefaultPort()) {
            return isHttps() ? 443 : 80;
        }
        return Integer.parseInt(text, hostEnd + 1, pathStart, 10);
    }

    /** Whether the port is the default port of the scheme. */
    public boolean hasDefaultPort() {
        return hostEnd == pathStart;
    }

    /**
     * Returns scheme, host and port, the key for politeness and robots.txt (WHATWG URL section 4.7, 'origin'):
     * {@code https://shop.example:8443}.
     */
    public String origin() {
        return text.substring(0, pathStart);
    }

    /** Returns the path in percent-encoding; it begins with a slash. */
    public String path() {
        return text.substring(pathStart, pathEnd);
    }

    /** Returns the query in percent-encoding, without its question mark; null if there is none. */
    public @Nullable String query() {
        return pathEnd == text.length() ? null : text.substring(pathEnd + 1);
    }

    /** Returns path and query as a request sends them. */
    public String pathAndQuery() {
        return text.substring(pathStart);
    }

    /** Returns the number of characters. */
    public int length() {
        return text.length();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpUrl that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public int compareTo(HttpUrl other) {
        return text.compareTo(other.text);
    }

    @Override
    @JsonValue
    public String toString() {
        return text;
    }

    // ---- parser --------------------------------------------------------------------------------------------------

    /**
     * Returns the URL of a text that is canonical already and of the usual form, without port and percent-encoding;
     * null for any other text. Most links of a page are, and this takes one pass.
     */
    private static @Nullable HttpUrl plain(String text) {
        int hostStart = text.startsWith("https://") ? 8 : 7;
        if (hostStart == 7 && !text.startsWith("http://")) {
            return null;
        }
        int hostEnd = text.indexOf('/', hostStart);
        if (hostEnd < 0 || !isPlainName(text, hostStart, hostEnd)) {
            return null;
        }
        int pathEnd = plainPathEnd(text, hostEnd);
        return pathEnd < 0 ? null : new HttpUrl(text, hostStart, hostEnd, hostEnd, pathEnd);
    }

    /**
     * Returns the index after the path that begins at a slash, or -1 unless path and query are canonical and without
     * percent-encoding.
     */
    private static int plainPathEnd(String text, int start) {
        int query = text.indexOf('?', start);
        int pathEnd = query < 0 ? text.length() : query;
        if (pathEnd == text.length() - 1) {
            return -1;
        }
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean inPath = i < pathEnd;
            if (c == '#'
                    || !PercentEncoding.isPlain(c, inPath ? "[]" : ENCODED_IN_QUERY)
                    || inPath && c == '.' && text.charAt(i - 1) == '/') {
                return -1;
            }
        }
        return pathEnd;
    }

    /** Returns whether a host is a name of lower-case labels, the last of which begins with a letter. */
    private static boolean isPlainName(String text, int start, int end) {
        int label = start;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (i == label) {
                    return false;
                }
                label = i + 1;
            } else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') || i - label >= 63) {
                return false;
            }
        }
        return end - start <= 253 && label < end && text.charAt(label) >= 'a';
    }

    private static Optional<HttpUrl> resolve(@Nullable HttpUrl base, String reference) {
        String written = clean(reference);
        int colon = schemeEnd(written);
        if (colon < 0) {
            return base == null ? Optional.empty() : relative(base, written);
        }
        String scheme = written.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = written.substring(colon + 1);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return Optional.empty();
        }
        return base != null && scheme.equals(base.scheme()) ? relative(base, rest) : absolute(scheme, rest);
    }

    private static Optional<HttpUrl> relative(HttpUrl base, String rest) {
        if (isSlash(rest, 0) && isSlash(rest, 1)) {
            return absolute(base.scheme(), rest);
        }
        int query = indexOfAny(rest, "?#", 0);
        String path = query < 0 ? rest : rest.substring(0, query);
        String tail = query < 0 ? "" : rest.substring(query);
        if (path.isEmpty()) {
            path = base.path();
            tail = tail.startsWith("?") ? tail : base.text.substring(base.pathEnd);
        } else if (!isSlash(path, 0)) {
            String folder = base.path();
            path = folder.substring(0, folder.lastIndexOf('/') + 1) + path;
        }
        return Optional.of(write(base.origin(), base.hostStart, base.hostEnd, path, tail));
    }

    private static Optional<HttpUrl> absolute(String scheme, String rest) {
        int start = 0;
        while (isSlash(rest, start)) {
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
        String canonicalHost = HostParser.parse(host);
        String canonicalPort = port(scheme, port);
        if (canonicalHost == null || canonicalPort == null) {
            return Optional.empty();
        }
        int hostStart = scheme.length() + 3;
        int query = indexOfAny(tail, "?#", 0);
        return Optional.of(write(
                scheme + "://" + canonicalHost + canonicalPort,
                hostStart,
                hostStart + canonicalHost.length(),
                query < 0 ? tail : tail.substring(0, query),
                query < 0 ? "" : tail.substring(query)));
    }

    /** @param tail query and fragment with the characters before them, or empty */
    private static HttpUrl write(String origin, int hostStart, int hostEnd, String path, String tail) {
        int fragment = tail.indexOf('#');
        String query = fragment < 0 ? tail : tail.substring(0, fragment);
        StringBuilder url = new StringBuilder(origin.length() + path.length() + query.length() + 8).append(origin);
        appendPath(url, path);
        int pathEnd = url.length();
        if (query.length() > 1) {
            url.append('?');
            PercentEncoding.append(url, query.substring(1), ENCODED_IN_QUERY);
        }
        return new HttpUrl(url.toString(), hostStart, hostEnd, origin.length(), pathEnd);
    }

    /** Appends a path without dot segments (RFC 3986 section 5.2.4), which may be percent-encoded. */
    private static void appendPath(StringBuilder url, String path) {
        Deque<String> segments = new ArrayDeque<>();
        int start = isSlash(path, 0) ? 1 : 0;
        boolean folder = true;
        while (start <= path.length()) {
            int slash = indexOfAny(path, "/\\", start);
            int end = slash < 0 ? path.length() : slash;
            StringBuilder encoded = new StringBuilder(end - start);
            PercentEncoding.append(encoded, path.substring(start, end), ENCODED_IN_PATH);
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

    /** Returns the port with its colon, empty for the default port, or null if it is invalid. */
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
            if (number > MAX_PORT) {
                return null;
            }
        }
        return number == (scheme.equals("https") ? 443 : 80) ? "" : ":" + number;
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

    /** Returns the index of the colon after a scheme (RFC 3986 section 3.1), or -1 for a relative reference. */
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

    private static boolean isSlash(String text, int at) {
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
