package org.markwatch.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The expected result of a demo run for one URL; one line of {@code demo/expected.tsv}.
 *
 * @param url         absolute canonical URL
 * @param disposition {@code fetched}, {@code redirected}, {@code refused}, {@code disallowed} or {@code failed}; {@code never} for a URL
 *     that only media references contain and that must not be requested
 * @param kind        kind of a refusal in lower case, empty otherwise
 * @param verdict     {@code flagged}, {@code quiet} (not flagged) or {@code suppressed} (uses a brand that its host is
 *     authorised to use); empty for a URL that is not fetched
 * @param brandUses   {@code brand:kind} pairs that must be among the brand uses of the page
 * @param purpose     what the page demonstrates, one line
 */
public record Expectation(
        URI url, String disposition, String kind, String verdict, Set<String> brandUses, String purpose) {
    private static final String FILE = "/demo/expected.tsv";

    public Expectation {
        brandUses = Set.copyOf(brandUses);
    }

    /** Returns the host of the URL. */
    public String host() {
        return url.getHost();
    }

    /** Returns the path of the URL with its query, as a request contains it. */
    public String path() {
        return url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
    }

    /** Returns all expectations in the order of the file. */
    public static List<Expectation> readAll() {
        try (InputStream in = Expectation.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the classpath; rebuild the project");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(Expectation::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE + " from the classpath", e);
        }
    }

    private static Expectation parse(String line) {
        String[] column = line.split("\t", -1);
        if (column.length != 6) {
            throw new IllegalStateException(FILE + ": must have 6 columns, has " + column.length + ": " + line);
        }
        Set<String> uses = column[4].isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(column[4].split(" ", -1)));
        return new Expectation(URI.create(column[0]), column[1], column[2], column[3], uses, column[5]);
    }
}
