package org.markwatch.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP response read from a socket, since the clients of the JDK do not let a test set the Host header.
 *
 * @param status  HTTP status
 * @param headers header values by lower-case name
 * @param body    first bytes of the body, at most the requested number
 */
record RawResponse(int status, Map<String, String> headers, byte[] body) {
    private static final int TIMEOUT_MILLIS = 10_000;

    static RawResponse get(DemoWeb web, String url) throws IOException {
        return send(web.resolve(), "GET", URI.create(url), Integer.MAX_VALUE);
    }

    static RawResponse send(Map<String, String> resolve, String method, URI url, int maxBytes) throws IOException {
        return send(resolve, method, url, maxBytes, "");
    }

    /** @param fields additional header fields, each with its line end */
    static RawResponse send(Map<String, String> resolve, String method, URI url, int maxBytes, String fields)
            throws IOException {
        // Requests for unknown hosts go to the same server.
        String[] address = resolve.getOrDefault(
                        url.getHost(), resolve.values().iterator().next())
                .split(":");
        String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            // HTTP/1.0: not chunked, and the body ends with the connection.
            String request = "%s %s HTTP/1.0\r\nHost: %s\r\nAccept: text/html\r\nUser-Agent: test\r\n%s\r\n"
                    .formatted(method, path, url.getHost(), fields);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedInputStream(socket.getInputStream());
            int status = Integer.parseInt(line(in).split(" ")[1]);
            Map<String, String> headers = new TreeMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                String[] field = line.split(":\\s*", 2);
                headers.put(field[0].toLowerCase(Locale.ROOT), field[1]);
            }
            return new RawResponse(status, headers, in.readNBytes(maxBytes));
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c != -1; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
