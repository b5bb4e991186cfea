package org.markwatch.crawl;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The validators of a page (RFC 9110 section 8.8), as the server sent them. Well-formed validators are sent back in
 * conditional requests.
 *
 * @param etag         entity tag, weak or strong; null if it is missing or malformed
 * @param lastModified date of the last modification; null if it is missing or malformed
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {
    /** No validators. */
    public static final Validators NONE = new Validators(null, null);

    /** An entity tag in ASCII (RFC 9110 section 8.8.3). */
    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]{0,500}\"");

    /** The three date formats of RFC 9110 section 5.6.7, loosely: the date is sent back unchanged and never parsed. */
    private static final Pattern DATE = Pattern.compile("[A-Za-z]{3,9},? [A-Za-z0-9: -]{11,40}");

    /**
     * Returns the validators in response headers.
     *
     * @param headers values by lower-case name
     */
    public static Validators of(Map<String, String> headers) {
        return new Validators(
                wellFormed(ENTITY_TAG, headers.get("etag")), wellFormed(DATE, headers.get("last-modified")));
    }

    private static @Nullable String wellFormed(Pattern pattern, @Nullable String value) {
        return value != null && pattern.matcher(value).matches() ? value : null;
    }

    /** Returns whether there is neither an entity tag nor a date. */
    public boolean isEmpty() {
        return etag == null && lastModified == null;
    }

    /** Returns the validators after a 304 response, which may carry new ones (RFC 9110 section 15.4.5). */
    public Validators updatedBy(Validators received) {
        return received.isEmpty() ? this : received;
    }
}
