package org.markwatch.crawl;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.markwatch.url.HttpUrl;

/**
 * The text of one page as the server sent it.
 *
 * @param url         the URL requested
 * @param finalUrl    the URL that served the text, after redirects
 * @param redirects   the redirect chain, first {@code url}, last {@code finalUrl}
 * @param status      HTTP status, 200 to 299
 * @param contentType media type in lower case without parameters: text/html, application/xhtml+xml or text/plain; for
 *                    feeds and sitemaps, which are parsed for their links only, application/rss+xml,
 *                    application/atom+xml or application/xml
 * @param charset     name of the character set that {@code text} was decoded with, as
 *                    {@link java.nio.charset.Charset#name}
 * @param headers     selected response headers by lower-case name; {@code set-cookie} holds the names of the cookies
 *                    only, separated by spaces
 * @param text        decoded text, without {@code data:} URIs and inline base64 (rule T5)
 * @param bytes       bytes of the decoded body read, 0 or more
 * @param truncated   whether the body was cut off at the size limit
 * @param fetchedAt   when the response headers arrived
 */
public record Capture(
        HttpUrl url,
        HttpUrl finalUrl,
        List<HttpUrl> redirects,
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

    /** Returns a copy with empty text, which saves memory while analysed visits wait for their commit. */
    public Capture withoutText() {
        return new Capture(
                url, finalUrl, redirects, status, contentType, charset, headers, "", bytes, truncated, fetchedAt);
    }
}
