package org.markwatch.crawl.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.url.HttpUrl;
import org.springframework.modulith.NamedInterface;

/** Decodes the body of a response to a {@link Capture}, or refuses it if it is not text. */
@NamedInterface("content")
public final class CaptureDecoder {
    private CaptureDecoder() {}

    /**
     * Decodes the bytes of a saved page as if they were the response of {@code url} without a Content-Type, except that
     * a fragment that begins with text is HTML if it has tags. Refuses bytes that are not text (rule T3), detects the
     * character set, and cuts out embedded data (rule T5).
     *
     * @param url canonical URL of the page
     * @return {@link Disposition.Fetched} with status 200, or {@link Disposition.Refused}
     */
    public static Disposition decode(HttpUrl url, byte[] bytes, Instant at) {
        try {
            return decode(url, new ByteArrayInputStream(bytes), Math.max(1, bytes.length), "", at);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a byte array", e);
        }
    }

    /**
     * Decodes a stream in the same way, up to a limit. Closes the stream.
     *
     * @param url  canonical URL of the page
     * @param max  largest number of bytes to read, at least 1
     * @param type media type if it is known, for example from the file name, otherwise empty
     * @throws IOException if reading fails
     */
    public static Disposition decode(HttpUrl url, InputStream bytes, int max, String type, Instant at)
            throws IOException {
        Body body = Body.read(bytes, "", max, BodyMemory.BufferBudget.UNLIMITED, () -> 0, BinaryDetector.ofPage(null));
        byte[] start = Charsets.narrowStart(body.bytes(), body.length(), null);
        String mediaType = type.isEmpty() && HtmlTags.beginIn(start, start.length) ? "text/html" : type;
        return decode(body, new ResponseHead(url, List.of(url), 200, mediaType, null, Map.of(), at));
    }

    /**
     * The metadata of a response.
     *
     * @param url       the URL requested
     * @param chain     the redirect chain, first {@code url}, last the URL that sent the response
     * @param status    HTTP status
     * @param type      declared media type, empty if there is none
     * @param charset   declared character set, null if there is none
     * @param headers   selected response headers by lower-case name
     * @param fetchedAt when the headers arrived
     */
    public record ResponseHead(
            HttpUrl url,
            List<HttpUrl> chain,
            int status,
            String type,
            @Nullable String charset,
            Map<String, String> headers,
            Instant fetchedAt) {}

    /** Decodes a body that was read. Returns {@link Disposition.Fetched} or {@link Disposition.Refused}. */
    public static Disposition decode(Body body, ResponseHead head) {
        HttpUrl target = head.chain.getLast();
        Disposition.RefusalKind kind = body.nonTextKind();
        if (kind != null) {
            String declared = head.type.isEmpty() ? "text" : head.type;
            String place = body.length() <= Signatures.HEADER_BYTES ? "the first bytes are " : "after text there is ";
            return new Disposition.Refused(
                    kind, place + kind + ", not " + declared, target, head.status, body.length(), head.fetchedAt);
        }
        String type = head.type;
        byte[] start = Charsets.narrowStart(body.bytes(), body.length(), head.charset);
        boolean svg = Signatures.isSvg(start, start.length);
        String linkList = Signatures.linkListType(start, start.length);
        if ((svg || linkList != null) && type.equals("text/html") && hasHtml(body, start)) {
            svg = false;
            linkList = null;
        }
        if (svg) {
            return new Disposition.Refused(
                    Disposition.RefusalKind.IMAGE,
                    "the root element is svg",
                    target,
                    head.status,
                    body.length(),
                    head.fetchedAt);
        }
        if (linkList != null && !type.equals("text/plain")) {
            type = linkList;
        } else if (MediaTypes.mayListLinks(type)) {
            return new Disposition.Refused(
                    Disposition.RefusalKind.OTHER_TYPE,
                    "Content-Type " + type + ", but neither a feed nor a sitemap",
                    target,
                    head.status,
                    body.length(),
                    head.fetchedAt);
        }
        if (type.isEmpty()) {
            type = Signatures.looksLikeHtml(start, start.length) ? "text/html" : "text/plain";
        }
        Charset charset = Charsets.detect(body.bytes(), body.length(), head.charset, !type.equals("text/plain"));
        int mark = Charsets.byteOrderMarkLength(body.bytes(), body.length());
        // Stray control bytes stay in the text. Without its zero byte, <scr\0ipt> would be a script, whose text
        // browsers
        // show; the parser of markup treats zero bytes as browsers do (WHATWG HTML section 13.2.5).
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

    /** Whether HTML stands anywhere in a body: browsers show a page declared as HTML whatever element comes first. */
    private static boolean hasHtml(Body body, byte[] narrowStart) {
        return HtmlTags.areIn(narrowStart, narrowStart.length) || HtmlTags.areIn(body.bytes(), body.length());
    }
}
