package org.markwatch.url;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host name inside a reference.
 *
 * @param host  lower case, without port, user or final dot
 * @param start offset in the reference
 * @param end   offset after the last character
 */
public record HostPlace(String host, int start, int end) {

    /**
     * The authority of an absolute or protocol-relative URL (RFC 3986 section 3.2), or a bare host name with an optional path.
     *
     * @return null if there is none
     */
    public static @Nullable HostPlace of(String reference) {
        if (reference.indexOf('.') < 0) {
            return null;
        }
        int slashes = reference.indexOf('/');
        boolean absolute = slashes >= 0
                && reference.startsWith("//", slashes)
                && (slashes == 0 || reference.charAt(slashes - 1) == ':');
        int start = absolute ? slashes + 2 : 0;
        int end = start;
        while (end < reference.length() && "/?#\\ ".indexOf(reference.charAt(end)) < 0) {
            if (reference.charAt(end++) == '@') {
                start = end;
            }
        }
        int port = reference.indexOf(':', start);
        if (port >= 0 && port < end) {
            end = port;
        }
        if (end > start && reference.charAt(end - 1) == '.') {
            end--;
        }
        int dot = reference.indexOf('.', start);
        return dot > start && dot < end
                ? new HostPlace(reference.substring(start, end).toLowerCase(Locale.ROOT), start, end)
                : null;
    }
}
