package org.markwatch.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Responses of the demo sites that are not files: wrong media types, redirects, delays and crawler traps. One instance
 * per web.
 */
final class SpecialResponses {
    private static final String HTML = "text/html; charset=UTF-8";
    /** Exceeds any limit of a crawler and still ends if the client never closes the connection. */
    private static final int ENDLESS_MEBIBYTES = 256;

    private final Duration slowness;
    private final Set<String> requestedPaths = ConcurrentHashMap.newKeySet();

    /** @param slowness response time of the slow host, and in whole seconds the {@code Retry-After} of the busy host */
    SpecialResponses(Duration slowness) {
        this.slowness = slowness;
    }

    /** Returns the special response to a request, or null if the resource is a file. */
    @Nullable
    Response respond(Request request) {
        String path = request.path().replaceFirst("\\?.*", "");
        return switch (request.host()) {
            case "photo-notes.example" -> photoNotes(path);
            case "old-addresses.example" -> oldAddresses(path);
            case "slow-boat.example" -> delayResponse();
            case "busy-counter.example" -> busyOnFirstRequest(path);
            case "closed-today.example" -> path.equals("/robots.txt") ? brokenRobots() : null;
            case "deep-well.example" -> deepWell(path);
            case "fair-calendar.example" -> path.equals("/month") ? month(request.path()) : null;
            default -> null;
        };
    }

    private static @Nullable Response photoNotes(String path) {
        return switch (path) {
            case "/notes/called-a-page" -> Response.ok(HTML, FakePicture.png());
            case "/notes/called-plain-text" -> Response.ok("text/plain", FakePicture.jpeg());
            case "/notes/called-what-it-is" -> Response.ok("image/png", FakePicture.png());
            case "/notes/called-nothing" ->
                new Response(200, Map.of(), FakePicture.png().length, out -> out.write(FakePicture.png()));
            case "/notes/moved" -> Response.redirect(302, "/media/moved.png");
            case "/notes/moved-unseen" -> Response.redirect(301, "/notes/called-what-it-is");
            case "/notes/recording" -> Response.ok("video/mp4", new byte[1024]);
            case "/notes/bundle" -> Response.ok("application/zip", new byte[] {'P', 'K', 3, 4});
            default -> null;
        };
    }

    private static @Nullable Response oldAddresses(String path) {
        return switch (path) {
            case "/moved" -> Response.redirect(301, "/new-home.html");
            case "/moved-twice" -> Response.redirect(302, "/moved");
            case "/round" -> Response.redirect(302, "/round-again");
            case "/round-again" -> Response.redirect(302, "/round");
            case "/intranet" -> Response.redirect(302, "http://10.0.0.1/");
            case "/metadata" -> Response.redirect(302, "http://169.254.169.254/latest/");
            case "/elsewhere" -> Response.redirect(302, "http://fee-gazette.example/");
            case "/file" -> Response.redirect(302, "file:///etc/hostname");
            default -> null;
        };
    }

    private @Nullable Response delayResponse() {
        try {
            Thread.sleep(slowness);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Response.error(503, "The server is shutting down.", Map.of());
        }
    }

    private @Nullable Response busyOnFirstRequest(String path) {
        if (path.equals("/robots.txt") || !requestedPaths.add(path)) {
            return null;
        }
        String seconds = Long.toString(slowness.toSeconds());
        return Response.error(503, "Too many visitors, please come back.", Map.of("Retry-After", seconds));
    }

    private static Response brokenRobots() {
        return Response.error(500, "Internal Server Error", Map.of());
    }

    private static @Nullable Response deepWell(String path) {
        return switch (path) {
            case "/endless" -> Response.endless(Map.of("Content-Type", HTML), SpecialResponses::writeParagraphs);
            case "/bomb" ->
                Response.endless(Map.of("Content-Type", HTML, "Content-Encoding", "gzip"), out -> {
                    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
                        writeSpaces(zipped);
                    }
                });
            default -> null;
        };
    }

    private static void writeParagraphs(OutputStream out) throws IOException {
        out.write("<!DOCTYPE html><title>Order book</title><h1>Order book</h1>".getBytes(StandardCharsets.UTF_8));
        byte[] mebibyte = "<p>One more line of the order book, and another one follows it.</p>\n"
                .repeat(15_420)
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < ENDLESS_MEBIBYTES; i++) {
            out.write(mebibyte);
        }
    }

    private static void writeSpaces(OutputStream out) throws IOException {
        out.write("<!DOCTYPE html><title>Price list</title>".getBytes(StandardCharsets.UTF_8));
        byte[] mebibyte = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < ENDLESS_MEBIBYTES; i++) {
            out.write(mebibyte);
        }
    }

    /** Returns a page of an endless calendar: every month links to the next month and to the next year. */
    private static Response month(String path) {
        YearMonth month;
        try {
            month = YearMonth.parse(path.replaceFirst(".*[?&]of=", ""));
        } catch (DateTimeParseException e) {
            return Response.notFound();
        }
        String page = """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Craft fairs in %1$s</title></head>
                <body><h1>Craft fairs in %1$s</h1>
                <p>No fair is planned for this month yet.</p>
                <p><a href="/month?of=%2$s">Next month</a> <a href="/month?of=%3$s">A year later</a></p>
                </body></html>
                """.formatted(month, month.plusMonths(1), month.plusYears(1));
        return Response.ok(HTML, page.getBytes(StandardCharsets.UTF_8));
    }
}
