package org.markwatch.crawl;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells a page's states apart by (RFC 9110 section 8.8), as it sent it; null what it did not send, or what is no
 * validator.
 *
 * @param etag         an entity tag, weak or strong
 * @param lastModified a date
 */
public record Validators(@Nullable String etag, @Nullable String lastModified) {
    static final Validators NONE = new Validators(null, null);

    /** RFC 9110 section 8.8.3, in ASCII. */
    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]{0,500}\"");
    /** The three forms of RFC 9110 section 5.6.7, loosely: it is sent back as it came and never read here. */
    private static final Pattern DATE = Pattern.compile("[A-Za-z]{3,9},? [A-Za-z0-9: -]{11,40}");

    /** @param headers of a response, names in lower case */
    static Validators of(Map<String, String> headers) {
        return new Validators(shaped(ENTITY_TAG, headers.get("etag")), shaped(DATE, headers.get("last-modified")));
    }

    private static @Nullable String shaped(Pattern shape, @Nullable String value) {
        return value != null && shape.matcher(value).matches() ? value : null;
    }

    boolean isEmpty() {
        return etag == null && lastModified == null;
    }

    /** What holds after a 304, which may bring new ones (RFC 9110 section 15.4.5). */
    Validators updatedBy(Validators later) {
        return later.isEmpty() ? this : later;
    }
}
