package org.markwatch.extract;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.HostNames;

/** Parses and resolves URL references as pages write them. Lenient, limited in length, and without DNS look-ups. */
final class UrlReference {
    private static final int MAX_LENGTH = 4_096;
    /** ASCII characters that are not percent-encoded in a path or query (RFC 3986 section 2). */
    private static final boolean[] SAFE = new boolean[128];

    static {
        for (int c = '!'; c < 0x7f; c++) {
            SAFE[c] = "%\"<>[]\\^`{|}".indexOf(c) < 0;
        }
    }

    private UrlReference() {}

    /**
     * Returns a reference trimmed and without tabs and line breaks (WHATWG URL, basic URL parser), or null if it is
     * empty or longer than {@value #MAX_LENGTH} characters.
     */
    static @Nullable String clean(String raw) {
        if (raw.length() > MAX_LENGTH) {
            return null;
        }
        String ref = raw.strip();
        for (int i = 0; i < ref.length(); i++) {
            char c = ref.charAt(i);
            if (c == '\t' || c == '\n' || c == '\r') {
                ref = ref.replaceAll("[\\t\\n\\r]", "");
                break;
            }
        }
        return ref.isEmpty() ? null : ref;
    }

    /** Returns the scheme in lower case, or an empty string for a relative reference. */
    static String scheme(String ref) {
        for (int i = 0; i < ref.length(); i++) {
            char c = ref.charAt(i);
            if (c == ':') {
                return ref.substring(0, i).toLowerCase(Locale.ROOT);
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
                return "";
            }
        }
        return "";
    }

    /**
     * Resolves a reference against a base URL (RFC 3986 section 5.2) and removes the fragment.
     *
     * @return absolute http(s) URL, or null for another scheme or an invalid host name
     */
    static @Nullable URI resolve(URI base, String raw) {
        String ref = clean(raw);
        if (ref == null) {
            return null;
        }
        String scheme = scheme(ref);
        if (!scheme.isEmpty() && !scheme.equals("http") && !scheme.equals("https")) {
            return null;
        }
        int hash = ref.indexOf('#');
        if (hash >= 0) {
            ref = ref.substring(0, hash);
        }
        int query = ref.indexOf('?');
        String path = (query < 0 ? ref : ref.substring(0, query)).replace('\\', '/');
        String tail = query < 0 ? "" : ref.substring(query);
        String baseScheme = base.getScheme() == null ? "http" : base.getScheme();
        String authority;
        if (!scheme.isEmpty()) {
            path = path.substring(scheme.length() + 1);
            if (!path.startsWith("//")) {
                return null;
            }
        } else {
            scheme = baseScheme;
        }
        if (path.startsWith("//")) {
            int end = path.indexOf('/', 2);
            authority = end < 0 ? path.substring(2) : path.substring(2, end);
            path = end < 0 ? "/" : path.substring(end);
        } else {
            authority = base.getRawAuthority() == null ? "" : base.getRawAuthority();
            String basePath = base.getRawPath() == null ? "" : base.getRawPath();
            if (path.isEmpty()) {
                path = basePath;
                if (query < 0) {
                    tail = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
                }
            } else if (!path.startsWith("/")) {
                path = basePath.substring(0, basePath.lastIndexOf('/') + 1) + path;
            }
        }
        String host = toAsciiAuthority(authority);
        if (host == null) {
            return null;
        }
        try {
            URI url = new URI(scheme + "://" + host + encode(removeDotSegments(path)) + encode(tail));
            return url.getHost() == null ? null : url;
        } catch (URISyntaxException e) {
            // The reference is malformed, so it cannot be followed.
            return null;
        }
    }

    /** Converts an internationalized host name to ASCII; null if the authority is invalid or too long. */
    private static @Nullable String toAsciiAuthority(String authority) {
        if (authority.isEmpty() || authority.length() > 300) {
            return null;
        }
        if (isAscii(authority)) {
            return authority;
        }
        int port = authority.lastIndexOf(':');
        String host = port < 0 ? authority : authority.substring(0, port);
        String name = HostNames.toAscii(host);
        return name == null ? null : name + (port < 0 ? "" : authority.substring(port));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Removes dot segments (RFC 3986 section 5.2.4). */
    private static String removeDotSegments(String path) {
        if (!path.contains("/.")) {
            return path.isEmpty() ? "/" : path;
        }
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < path.length()) {
            int end = path.indexOf('/', i + 1);
            String segment = end < 0 ? path.substring(i) : path.substring(i, end);
            boolean last = end < 0;
            if (segment.equals("/..")) {
                out.setLength(Math.max(0, out.lastIndexOf("/")));
                if (last) {
                    out.append('/');
                }
            } else if (segment.equals("/.")) {
                if (last) {
                    out.append('/');
                }
            } else {
                out.append(segment);
            }
            i = last ? path.length() : end;
        }
        return out.isEmpty() || out.charAt(0) != '/' ? "/" + out : out.toString();
    }

    private static String encode(String part) {
        boolean safe = true;
        for (int i = 0; i < part.length() && safe; i++) {
            safe = isSafe(part.charAt(i));
        }
        if (safe) {
            return part;
        }
        StringBuilder out = new StringBuilder(part.length() + 16);
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i] & 0xff;
            boolean escaped = b == '%' && hexDigit(bytes, i + 1) >= 0 && hexDigit(bytes, i + 2) >= 0;
            if (escaped || isSafe(b)) {
                out.append((char) b);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
            }
        }
        return out.toString();
    }

    private static boolean isSafe(int c) {
        return c < SAFE.length && SAFE[c];
    }

    private static int hexDigit(byte[] bytes, int i) {
        return i < bytes.length ? Character.digit(bytes[i], 16) : -1;
    }

    /** Decodes percent-encoded UTF-8. Invalid escapes are kept as they are. */
    static String decode(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && hexDigit(bytes, i + 1) >= 0 && hexDigit(bytes, i + 2) >= 0) {
                out.write(hexDigit(bytes, i + 1) << 4 | hexDigit(bytes, i + 2));
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Returns the host in lower case without port, or an empty string for a relative reference. */
    static String host(String ref) {
        int slashes = ref.indexOf("//");
        if (slashes < 0 || (slashes > 0 && scheme(ref).length() + 1 != slashes)) {
            return "";
        }
        int end = slashes + 2;
        while (end < ref.length() && "/?#\\".indexOf(ref.charAt(end)) < 0) {
            end++;
        }
        String authority = ref.substring(slashes + 2, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.lastIndexOf(':');
        return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
    }

    /** Returns the path without host, query and fragment, percent-decoded. */
    static String path(String ref) {
        int start = host(ref).isEmpty() ? 0 : ref.indexOf('/', ref.indexOf("//") + 2);
        if (start < 0) {
            return "";
        }
        int end = start;
        while (end < ref.length() && ref.charAt(end) != '?' && ref.charAt(end) != '#') {
            end++;
        }
        return decode(ref.substring(Math.min(start, end), end));
    }

    /** Returns the percent-decoded fragment, or an empty string. */
    static String fragment(String ref) {
        int hash = ref.indexOf('#');
        return hash < 0 ? "" : decode(ref.substring(hash + 1));
    }

    /**
     * Returns the file extension of the last path segment in lower case, at most five characters, or an empty string.
     */
    static String extension(String ref) {
        String path = path(ref);
        int dot = path.lastIndexOf('.');
        return dot <= path.lastIndexOf('/') || path.length() - dot > 6
                ? ""
                : path.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
