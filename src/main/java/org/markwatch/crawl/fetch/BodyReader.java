package org.markwatch.crawl.fetch;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.markwatch.crawl.content.BinaryDetector;
import org.markwatch.crawl.content.Body;
import org.markwatch.crawl.content.BodyMemory;

/**
 * Reads the bodies of responses by their headers.
 *
 * @param nanos monotonic clock for transfer rates, in nanoseconds
 */
record BodyReader(LongSupplier nanos) {
    /** Reads a body with the encoding that its response declares; see {@link Body#read}. */
    Body read(
            HttpEntity entity,
            ClassicHttpResponse response,
            int max,
            BodyMemory.BufferBudget budget,
            BinaryDetector detector)
            throws IOException {
        Header[] encodings = response.getHeaders("Content-Encoding");
        if (encodings.length > 1) {
            throw new Body.EncodingException("Content-Encoding given " + encodings.length + " times");
        }
        String encoding = encodings.length == 0 ? "" : encodings[0].getValue();
        return Body.read(entity.getContent(), encoding, max, budget, nanos, detector);
    }

    /** Reads a sitemap, which may be compressed as a file and not for the transfer. */
    Body readSitemap(ClassicHttpResponse response, HttpEntity entity, int max, BodyMemory.BufferBudget budget)
            throws IOException {
        Header encoding = response.getFirstHeader("Content-Encoding");
        PushbackInputStream in = new PushbackInputStream(entity.getContent(), 2);
        byte[] head = in.readNBytes(2);
        in.unread(head);
        boolean compressed = head.length == 2 && head[0] == 0x1F && head[1] == (byte) 0x8B;
        String contentEncoding = encoding != null ? encoding.getValue() : compressed ? "gzip" : "";
        return Body.read(
                in, contentEncoding, max, budget, nanos, BinaryDetector.ofPage(ResponseHeaders.charset(response)));
    }
}
