package org.markwatch.crawl;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes text of the bytes of an answer, if they are text. */
public final class CaptureDecoder {
    private CaptureDecoder() {}

    /**
     * Takes the bytes of a saved page as if {@code url} had just answered with them and said nothing about their type: the same
     * signatures refuse what is no text (rule T3), the same rules find the character set, and embedded data is cut out (rule T5).
     *
     * @param url canonical URL that the page is read as
     * @return {@link Fetch.Fetched} with status 200, or {@link Fetch.Refused}
     */
    public static Disposition decode(URI url, byte[] bytes, Instant at) {
        try {
            return decode(url, new ByteArrayInputStream(bytes), Math.max(1, bytes.length), "", at);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail to be read", e);
        }
    }

    /**
     * The same of bytes that may never end: what is behind the limit is cut off. Closes the stream.
     *
     * @param max  the most bytes that are read, at least 1
     * @param type media type that the page is known to have, as by the name of its file, or empty
     */
    public static Disposition decode(URI url, InputStream bytes, int max, String type, Instant at) throws IOException {
        Body body = Body.read(bytes, "", max, Body.BufferBudget.UNLIMITED, () -> 0);
        return decode(body, new ResponseHead(url, List.of(url), 200, type, null, Map.of(), at));
    }

    /**
     * What an answer said before its body.
     *
     * @param url     the URL that was asked for
     * @param chain   every URL of the redirects, first {@code url}, last the one that answered
     * @param type    declared media type, empty if there was none
     * @param charset declared character set, null if there was none
     * @param headers those worth keeping
     */
    record ResponseHead(
            URI url,
            List<URI> chain,
            int status,
            String type,
            @Nullable String charset,
            Map<String, String> headers,
            Instant fetchedAt) {}

    static Disposition decode(Body body, ResponseHead head) {
        URI target = head.chain.getLast();
        Disposition.RefusalKind kind = body.nonTextKind();
        if (kind != null) {
            String declared = head.type.isEmpty() ? "text" : head.type;
            String which = body.length() <= Signatures.HEADER_BYTES ? "the first bytes are " : "behind text there is ";
            return new Disposition.Refused(
                    kind, which + kind + ", not " + declared, target, head.status, body.length(), head.fetchedAt);
        }
        String type = head.type;
        String linkList = Signatures.linkListType(body.bytes(), body.length());
        if (linkList != null && !type.equals("text/plain")) {
            type = linkList;
        } else if (MediaTypes.mayListLinks(type)) {
            return new Disposition.Refused(
                    Disposition.RefusalKind.OTHER_TYPE,
                    "Content-Type " + type + ", and neither feed nor sitemap",
                    target,
                    head.status,
                    body.length(),
                    head.fetchedAt);
        }
        if (type.isEmpty()) {
            type = Signatures.looksLikeHtml(body.bytes(), body.length()) ? "text/html" : "text/plain";
        }
        Charset charset = Charsets.detect(body.bytes(), body.length(), head.charset, !type.equals("text/plain"));
        int mark = Charsets.byteOrderMarkLength(body.bytes(), body.length());
        String text = InlineData.cutOut(new String(body.bytes(), mark, body.length() - mark, charset));
        return new Disposition.Fetched(new Capture(
                head.url,
                target,
                head.chain,
                head.status,
                type,
                charset.name(),
                head.headers,
                text,
                body.length(),
                body.truncated(),
                head.fetchedAt));
    }
}
