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

/** The answers that no file can give: wrong types, redirects, hesitation, traps. One instance a running web. */
final class Tricks {
    private static final String HTML = "text/html; charset=UTF-8";
    /** Enough to break any sane limit, and still an end if nobody hangs up. */
    private static final int ENDLESS_MEBIBYTES = 256;

    private final Duration slowness;
    private final Set<String> askedOnce = ConcurrentHashMap.newKeySet();

    /** @param slowness how long the slow host takes, and how long the busy host asks to wait, in whole seconds */
    Tricks(Duration slowness) {
        this.slowness = slowness;
    }

    /** The trick at this address, or null where there is none. */
    @Nullable
    Answer play(Request request) {
        String path = request.path().replaceFirst("\\?.*", "");
        return switch (request.host()) {
            case "photo-notes.example" -> photoNotes(path);
            case "old-addresses.example" -> oldAddresses(path);
            case "slow-boat.example" -> hesitate();
            case "busy-counter.example" -> busyAtFirst(path);
            case "closed-today.example" -> path.equals("/robots.txt") ? brokenRobots() : null;
            case "deep-well.example" -> deepWell(path);
            case "fair-calendar.example" -> path.equals("/month") ? month(request.path()) : null;
            default -> null;
        };
    }

    private static @Nullable Answer photoNotes(String path) {
        return switch (path) {
            case "/notes/called-a-page" -> Answer.ok(HTML, Picture.png());
            case "/notes/called-plain-text" -> Answer.ok("text/plain", Picture.jpeg());
            case "/notes/called-what-it-is" -> Answer.ok("image/png", Picture.png());
            case "/notes/called-nothing" ->
                new Answer(200, Map.of(), Picture.png().length, out -> out.write(Picture.png()));
            case "/notes/moved" -> Answer.redirect(302, "/media/moved.png");
            case "/notes/moved-unseen" -> Answer.redirect(301, "/notes/called-what-it-is");
            case "/notes/recording" -> Answer.ok("video/mp4", new byte[1024]);
            case "/notes/bundle" -> Answer.ok("application/zip", new byte[] {'P', 'K', 3, 4});
            default -> null;
        };
    }

    private static @Nullable Answer oldAddresses(String path) {
        return switch (path) {
            case "/moved" -> Answer.redirect(301, "/new-home.html");
            case "/moved-twice" -> Answer.redirect(302, "/moved");
            case "/round" -> Answer.redirect(302, "/round-again");
            case "/round-again" -> Answer.redirect(302, "/round");
            case "/intranet" -> Answer.redirect(302, "http://10.0.0.1/");
            case "/metadata" -> Answer.redirect(302, "http://169.254.169.254/latest/");
            case "/elsewhere" -> Answer.redirect(302, "http://fee-gazette.example/");
            case "/file" -> Answer.redirect(302, "file:///etc/hostname");
            default -> null;
        };
    }

    private @Nullable Answer hesitate() {
        try {
            Thread.sleep(slowness);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error(503, "The server is closing.", Map.of());
        }
    }

    private @Nullable Answer busyAtFirst(String path) {
        if (path.equals("/robots.txt") || !askedOnce.add(path)) {
            return null;
        }
        String seconds = Long.toString(slowness.toSeconds());
        return Answer.error(503, "Too many visitors, please come back.", Map.of("Retry-After", seconds));
    }

    private static Answer brokenRobots() {
        return Answer.error(500, "Internal Server Error", Map.of());
    }

    private static @Nullable Answer deepWell(String path) {
        return switch (path) {
            case "/endless" -> Answer.endless(Map.of("Content-Type", HTML), Tricks::pourParagraphs);
            case "/bomb" ->
                Answer.endless(Map.of("Content-Type", HTML, "Content-Encoding", "gzip"), out -> {
                    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
                        pourBlanks(zipped);
                    }
                });
            default -> null;
        };
    }

    private static void pourParagraphs(OutputStream out) throws IOException {
        out.write("<!DOCTYPE html><title>Order book</title><h1>Order book</h1>".getBytes(StandardCharsets.UTF_8));
        byte[] mebibyte = "<p>One more line of the order book, and another one follows it.</p>\n"
                .repeat(15_420)
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < ENDLESS_MEBIBYTES; i++) {
            out.write(mebibyte);
        }
    }

    private static void pourBlanks(OutputStream out) throws IOException {
        out.write("<!DOCTYPE html><title>Price list</title>".getBytes(StandardCharsets.UTF_8));
        byte[] mebibyte = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < ENDLESS_MEBIBYTES; i++) {
            out.write(mebibyte);
        }
    }

    /** A calendar without end: every month links to the next and to a year later. */
    private static Answer month(String path) {
        YearMonth month;
        try {
            month = YearMonth.parse(path.replaceFirst(".*[?&]of=", ""));
        } catch (DateTimeParseException e) {
            return Answer.notFound();
        }
        String page = """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Craft fairs in %1$s</title></head>
                <body><h1>Craft fairs in %1$s</h1>
                <p>No fair is planned for this month yet.</p>
                <p><a href="/month?of=%2$s">Next month</a> <a href="/month?of=%3$s">A year later</a></p>
                </body></html>
                """.formatted(month, month.plusMonths(1), month.plusYears(1));
        return Answer.ok(HTML, page.getBytes(StandardCharsets.UTF_8));
    }
}
