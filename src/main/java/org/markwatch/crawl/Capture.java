package org.markwatch.crawl;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The text of one page as it was served.
 *
 * @param url         the URL that was asked for
 * @param finalUrl    the URL that answered, after redirects
 * @param redirects   every URL of the chain, first {@code url}, last {@code finalUrl}
 * @param status      HTTP status, 200 to 299
 * @param contentType media type in lower case without parameters: text/html, application/xhtml+xml or text/plain; for feeds and
 *                    sitemaps, which are read for their links only, application/rss+xml, application/atom+xml or application/xml
 * @param charset     IANA name of the character set that {@code text} was decoded with
 * @param headers     response headers worth keeping, lower-case names; of {@code set-cookie} the names of the cookies only,
 *                    separated by a space
 * @param text        decoded text with {@code data:} URIs and inline base64 already cut out (rule T5)
 * @param bytes       decoded body bytes read
 * @param truncated   whether the body was cut off at the size limit
 * @param fetchedAt   when the first byte of the answer came
 */
public record Capture(
        URI url,
        URI finalUrl,
        List<URI> redirects,
        int status,
        String contentType,
        String charset,
        Map<String, String> headers,
        String text,
        int bytes,
        boolean truncated,
        Instant fetchedAt) {
    public Capture {
        redirects = List.copyOf(redirects);
        headers = Map.copyOf(headers);
    }

    /** The same without its text, once it has been read: finished visits wait in memory to be committed. */
    Capture withoutText() {
        return new Capture(
                url, finalUrl, redirects, status, contentType, charset, headers, "", bytes, truncated, fetchedAt);
    }
}
