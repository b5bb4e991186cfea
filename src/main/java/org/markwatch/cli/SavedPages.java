package org.markwatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CanonicalUrl;
import org.markwatch.crawl.CaptureDecoder;
import org.markwatch.crawl.Disposition;

/**
 * Pages that somebody saved, read as a crawl reads what it fetches.
 *
 * @param maxBytes as much of a page is read, and the rest is cut off
 */
record SavedPages(int maxBytes, Clock clock) {

    /** A page of a file. */
    Disposition read(Path file, URI url) {
        if (Files.isDirectory(file)) {
            throw new BadInputException(file + " is a folder; name a saved page in it");
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return CaptureDecoder.decode(url, bytes, maxBytes, mediaType(file), clock.instant());
        } catch (IOException e) {
            throw new BadInputException(file + " cannot be read; it must be a saved page that you may read");
        }
    }

    /** A page of bytes that come from anywhere. */
    Disposition read(InputStream bytes, URI url) throws IOException {
        return CaptureDecoder.decode(url, bytes, maxBytes, "", clock.instant());
    }

    /**
     * The media type that only a file's name tells: XHTML is written as HTML is, but {@code <script/>} ends where it stands. Of all
     * others the bytes tell enough.
     */
    private static String mediaType(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".xhtml") || name.endsWith(".xht") ? "application/xhtml+xml" : "";
    }

    /** A file as somebody named it: from here, or else beside another. */
    static Path file(String name, @Nullable Path beside) {
        try {
            Path file = Path.of(name);
            return beside == null || Files.exists(file) ? file : beside.resolve(name);
        } catch (InvalidPathException e) {
            throw new BadInputException(name + " is no file name");
        }
    }

    /** The URL that a page is read as. */
    static URI url(String url) {
        return CanonicalUrl.of(url)
                .orElseThrow(() -> new BadInputException(
                        url + " is no URL of a page; it must be absolute, http or https, with a host name"));
    }

    /**
     * The lines of a list of pages, without the mark that some programs put before UTF-8.
     *
     * @param form what a line must be, for messages
     */
    static List<String> lines(Path list, String form) {
        List<String> lines;
        try {
            lines = new ArrayList<>(Files.readAllLines(list));
        } catch (IOException e) {
            String fault = switch (e) {
                case NoSuchFileException missing -> "there is no such file";
                case MalformedInputException other -> "it is not UTF-8";
                default -> Files.isDirectory(list) ? "it is a folder" : "it cannot be read";
            };
            throw new BadInputException(list + ": " + fault + "; must be a UTF-8 file of lines: " + form);
        }
        if (!lines.isEmpty() && lines.getFirst().startsWith("\uFEFF")) {
            lines.set(0, lines.getFirst().substring(1));
        }
        return lines;
    }
}
