package org.markwatch.extract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/** Parses and resolves URL references as pages write them. Lenient, limited in length, and without DNS look-ups. */
final class UrlReference {
    private static final int MAX_LENGTH = 4_096;

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

    /** Resolves a reference, as long as {@link #clean} accepts it; returns null if it is no http(s) URL. */
    static @Nullable HttpUrl resolve(HttpUrl base, String raw) {
        String ref = clean(raw);
        return ref == null ? null : base.resolve(ref).orElse(null);
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
