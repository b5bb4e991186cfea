package org.markwatch.extract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.markwatch.crawl.Capture;
import org.markwatch.url.HttpUrl;

/**
 * A page of the labelled set in {@code src/test/resources/pages}; its README describes the columns.
 *
 * @param file    path in the folder
 * @param url     URL that the page is treated as fetched from
 * @param label   strongest use of a brand on the page
 * @param brands  brand ids, in the order of the list
 * @param flagged whether the page should reach a reviewer
 */
public record LabelledPage(String file, HttpUrl url, String label, List<String> brands, boolean flagged) {
    static final Path FOLDER = Path.of("src/test/resources/pages");
    private static final int LAST_SET_OF_FIRST_AUTHOR = 12;
    private static final Pattern CHARSET = Pattern.compile("charset=[\"']?([\\w-]+)");

    public LabelledPage {
        brands = List.copyOf(brands);
    }

    /** Returns the whole set, in the order of {@code labels.tsv}. */
    public static List<LabelledPage> all() {
        return read("");
    }

    /**
     * Returns the held-out pages: sets that are written and labelled before any rule is changed for them, oldest set
     * first. {@code docs/results.tsv} has the results of each set when it was new.
     */
    public static List<LabelledPage> heldOut() {
        return Stream.of(
                        "held-out/",
                        "held-out-2/",
                        "held-out-3/",
                        "held-out-4/",
                        "held-out-5/",
                        "held-out-6/",
                        "held-out-7/",
                        "held-out-8/",
                        "held-out-9/",
                        "held-out-10/",
                        "held-out-11/",
                        "held-out-12/",
                        "held-out-13/",
                        "held-out-14/",
                        "held-out-15/",
                        "held-out-16/",
                        "held-out-17/",
                        "held-out-18/",
                        "held-out-19/",
                        "held-out-20/",
                        "held-out-21/",
                        "held-out-22/",
                        "held-out-23/",
                        "held-out-24/",
                        "held-out-25/",
                        "held-out-26/",
                        "held-out-27/",
                        "held-out-28/",
                        "held-out-29/",
                        "held-out-30/",
                        "held-out-31/",
                        "held-out-32/",
                        "held-out-33/",
                        "held-out-34/",
                        "held-out-35/",
                        "held-out-36/",
                        "held-out-37/",
                        "held-out-38/",
                        "held-out-39/",
                        "held-out-40/",
                        "held-out-41/",
                        "held-out-42/",
                        "held-out-43/",
                        "held-out-44/",
                        "held-out-45/",
                        "held-out-46/",
                        "held-out-47/",
                        "held-out-48/",
                        "held-out-49/",
                        "held-out-50/",
                        "held-out-51/")
                .flatMap(folder -> read(folder).stream())
                .toList();
    }

    private static List<LabelledPage> read(String folder) {
        try {
            return Files.readAllLines(FOLDER.resolve(folder + "labels.tsv")).stream()
                    .skip(1)
                    .map(line -> row(folder + line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LabelledPage row(String line) {
        String[] cells = line.split("\t", -1);
        List<String> brands = cells[3].isEmpty() ? List.of() : List.of(cells[3].split(","));
        return new LabelledPage(cells[0], HttpUrl.of(cells[1]), cells[2], brands, cells[4].equals("yes"));
    }

    /** Returns the set of the page: its folder, or {@code first}. */
    public String set() {
        int folder = file.indexOf('/');
        return folder < 0 ? "first" : file.substring(0, folder);
    }

    /**
     * Returns who wrote the page, as the first set of that author: the sets up to {@code held-out-12} have one, each later set has
     * one of its own.
     */
    public String author() {
        String set = set();
        String number = set.substring(set.lastIndexOf('-') + 1);
        boolean later = set.startsWith("held-out-") && Integer.parseInt(number) > LAST_SET_OF_FIRST_AUTHOR;
        return later ? set : "first";
    }

    /** Returns the charset that the page declares, by the labels of WHATWG Encoding, or UTF-8 if it declares none. */
    public Charset charset() {
        Matcher declared = CHARSET.matcher(new String(bytes(), StandardCharsets.ISO_8859_1));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        return switch (declared.group(1).toLowerCase(Locale.ROOT)) {
            case "iso-8859-1" -> Charset.forName("windows-1252");
            case "tis-620", "windows-874" -> Charset.forName("x-windows-874");
            case "shift_jis" -> Charset.forName("windows-31j");
            case "gb2312", "gbk" -> Charset.forName("GB18030");
            default -> Charset.forName(declared.group(1));
        };
    }

    /**
     * Returns the page as a fetched capture.
     *
     * @throws IllegalStateException if the file is not valid in its charset
     */
    public Capture capture() {
        byte[] bytes = bytes();
        String type = switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "txt" -> "text/plain";
            case "xhtml" -> "application/xhtml+xml";
            default -> "text/html";
        };
        try {
            String text = charset().newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new Capture(
                    url,
                    url,
                    List.of(url),
                    200,
                    type,
                    charset().name(),
                    Map.of(),
                    text,
                    bytes.length,
                    false,
                    Instant.EPOCH);
        } catch (CharacterCodingException e) {
            throw new IllegalStateException(file + " is not valid in its declared charset " + charset(), e);
        }
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
