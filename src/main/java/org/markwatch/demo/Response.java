package org.markwatch.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * An HTTP response of a demo site.
 *
 * @param status  HTTP status
 * @param headers header fields except Content-Length and Transfer-Encoding
 * @param length  length of the body in bytes, or {@link #UNKNOWN} for the chunked transfer coding
 * @param body    writes the body; throws {@link IOException} if the client has closed the connection
 */
record Response(int status, Map<String, String> headers, long length, BodyWriter body) {
    static final long UNKNOWN = -1;

    @FunctionalInterface
    interface BodyWriter {
        void writeTo(OutputStream out) throws IOException;
    }

    Response {
        headers = Map.copyOf(headers);
    }

    static Response ok(String contentType, byte[] body) {
        return new Response(200, Map.of("Content-Type", contentType), body.length, out -> out.write(body));
    }

    static Response gzipped(String contentType, byte[] body) {
        Map<String, String> headers =
                Map.of("Content-Type", contentType, "Content-Encoding", "gzip", "Vary", "Accept-Encoding");
        return new Response(200, headers, body.length, out -> out.write(body));
    }

    /** Returns a 304 response, for a client that has the current state of the page (RFC 9110 section 15.4.5). */
    static Response notModified(String tag) {
        return new Response(304, Map.of("ETag", tag), 0, out -> {});
    }

    /** Returns this response with an entity tag (RFC 9110 section 8.8.3). */
    Response withEntityTag(String tag) {
        Map<String, String> tagged = new HashMap<>(headers);
        tagged.put("ETag", tag);
        return new Response(status, tagged, length, body);
    }

    static Response endless(Map<String, String> headers, BodyWriter body) {
        return new Response(200, headers, UNKNOWN, body);
    }

    static Response redirect(int status, String location) {
        return new Response(status, Map.of("Location", location), 0, out -> {});
    }

    static Response error(int status, String message, Map<String, String> headers) {
        byte[] body = (message + "\n").getBytes(StandardCharsets.UTF_8);
        return new Response(status, headers, body.length, out -> out.write(body));
    }

    static Response notFound() {
        return error(404, "There is nothing here.", Map.of("Content-Type", "text/plain; charset=UTF-8"));
    }
}
