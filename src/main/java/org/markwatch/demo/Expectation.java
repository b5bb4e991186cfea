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
 * What a run over the demo should make of one URL; a line of {@code demo/expected.tsv}.
 *
 * @param url         absolute, as the crawl normalises it
 * @param disposition {@code fetched}, {@code refused}, {@code disallowed} or {@code failed}; {@code never} for what only
 *                    media references name and nobody may ask for
 * @param kind        kind of a refusal in lower case, empty otherwise
 * @param verdict     {@code flagged}, {@code quiet} or {@code suppressed} (has marks, and somebody who may show
 *                    them); empty for what is not fetched
 * @param brandUses   {@code brand:kind} pairs that must be among the page's brand uses
 * @param purpose       what it is there for, one line for people
 */
public record Expectation(
        URI url, String disposition, String kind, String verdict, Set<String> brandUses, String purpose) {
    private static final String FILE = "/demo/expected.tsv";

    public Expectation {
        brandUses = Set.copyOf(brandUses);
    }

    /** Host of the URL. */
    public String host() {
        return url.getHost();
    }

    /** Path of the URL with its query, as it is asked for. */
    public String path() {
        return url.getRawQuery() == null ? url.getRawPath() : url.getRawPath() + "?" + url.getRawQuery();
    }

    /** All of them, in file order. */
    public static List<Expectation> readAll() {
        try (InputStream in = Expectation.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the classpath; build the project again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(Expectation::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read from the classpath", e);
        }
    }

    private static Expectation parse(String line) {
        String[] column = line.split("\t", -1);
        if (column.length != 6) {
            throw new IllegalStateException(FILE + ": 6 columns are expected in: " + line);
        }
        Set<String> uses = column[4].isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(column[4].split(" ", -1)));
        return new Expectation(URI.create(column[0]), column[1], column[2], column[3], uses, column[5]);
    }
}
