package org.markwatch.cli;

import java.io.IOException;
import java.io.InputStream;
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
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.content.CaptureDecoder;
import org.markwatch.url.HttpUrl;

/**
 * Reads saved pages with the text rules of a crawl.
 *
 * @param maxBytes bytes after which a page is truncated, as {@code crawl.max-body}
 * @param clock    clock for the time of the fetch
 */
record SavedPages(int maxBytes, Clock clock) {

    /**
     * Reads a page from a file.
     *
     * @param url canonical URL of the page
     * @throws BadInputException if the file cannot be read
     */
    Disposition read(Path file, HttpUrl url) {
        if (Files.isDirectory(file)) {
            throw new BadInputException(file + " is a folder; name a saved page in it");
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return CaptureDecoder.decode(url, bytes, maxBytes, mediaType(file), clock.instant());
        } catch (IOException e) {
            throw new BadInputException(
                    file + " cannot be read; must be an existing file that you have permission to read");
        }
    }

    /** Reads a page from a stream. */
    Disposition read(InputStream bytes, HttpUrl url) throws IOException {
        return CaptureDecoder.decode(url, bytes, maxBytes, "", clock.instant());
    }

    /**
     * Returns the media type of an XHTML file by its name, since its bytes look like HTML but {@code <script/>} is an
     * empty element; otherwise an empty string, and the type is detected from the bytes.
     */
    private static String mediaType(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".xhtml") || name.endsWith(".xht") ? "application/xhtml+xml" : "";
    }

    /**
     * Returns the file of a name, relative to the current folder if it exists there, otherwise to another folder.
     *
     * @param beside the other folder, or null for none
     * @throws BadInputException if the name is not a valid file name
     */
    static Path file(String name, @Nullable Path beside) {
        try {
            Path file = Path.of(name);
            return beside == null || Files.exists(file) ? file : beside.resolve(name);
        } catch (InvalidPathException e) {
            throw new BadInputException(name + " is not a valid file name");
        }
    }

    /**
     * Returns a URL in canonical form.
     *
     * @throws BadInputException if it is not an absolute http or https URL with a host
     */
    static HttpUrl url(String url) {
        return HttpUrl.parse(url)
                .orElseThrow(() -> new BadInputException(
                        url + " is not a URL of a page; must be an absolute http or https URL with a host name"));
    }

    /**
     * Returns the lines of a list of pages, without a byte order mark.
     *
     * @param form required form of a line, for messages
     * @throws BadInputException if the file does not exist, cannot be read or is not UTF-8
     */
    static List<String> lines(Path list, String form) {
        List<String> lines;
        try {
            lines = new ArrayList<>(Files.readAllLines(list));
        } catch (IOException e) {
            String fault = switch (e) {
                case NoSuchFileException missing -> "no such file";
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
