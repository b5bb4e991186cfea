package org.markwatch.crawl.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.content.MediaTypes;

/** Reads what the crawl needs of the headers of a response. */
final class ResponseHeaders {
    private static final Set<String> STORED_HEADERS = Set.of(
            "content-type",
            "content-language",
            "etag",
            "last-modified",
            "link",
            "server",
            "x-powered-by",
            "x-robots-tag");
    /** Characters of a header value up to which it is stored. */
    private static final int MAX_STORED_HEADER_LENGTH = 1000;

    /** Announced length in bytes up to which an unused body is read, so that the connection can be reused. */
    private static final int MAX_DRAINED_BYTES = 4096;

    private ResponseHeaders() {}

    static @Nullable String charset(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Content-Type");
        if (header == null) {
            return null;
        }
        String value = header.getValue();
        int at = value.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0) {
            return null;
        }
        String name = value.substring(at + "charset=".length());
        int end = name.indexOf(';');
        return (end < 0 ? name : name.substring(0, end))
                .replace('"', ' ')
                .replace('\'', ' ')
                .strip();
    }

    static Map<String, String> storedHeaders(ClassicHttpResponse response) {
        Map<String, String> stored = new HashMap<>();
        for (Header header : response.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (name.equals("set-cookie")) {
                SetCookie.name(header.getValue()).ifPresent(cookie -> stored.merge(name, cookie, SetCookie::join));
            }
            if (STORED_HEADERS.contains(name)
                    && header.getValue() != null
                    && header.getValue().length() <= MAX_STORED_HEADER_LENGTH) {
                stored.merge(name, header.getValue(), (first, next) -> first + ", " + next);
            }
        }
        return stored;
    }

    /**
     * Reads the body if its announced length is small, so that the connection can be reused; otherwise the body is cut
     * off.
     */
    static void drainIfSmall(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null || entity.getContentLength() < 0 || entity.getContentLength() > MAX_DRAINED_BYTES) {
            return;
        }
        ContentType type = ContentType.parseLenient(entity.getContentType());
        if (type == null || MediaTypes.isText(type.getMimeType().toLowerCase(Locale.ROOT))) {
            try (InputStream rest = entity.getContent()) {
                rest.skipNBytes(entity.getContentLength());
                rest.read(); // reaching the end releases the connection
            } catch (EOFException e) {
                // shorter than announced: the connection is not reused, and the body is not needed
            }
        }
    }
}
