package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainVerbTest {
    private static final String SHOP = "<title>Checkout</title><p>We accept Visa and Mastercard.</p>"
            + "<p>Send bitcoin to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2.</p>";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsScoreWithReasons() throws IOException {
        Path page = write("shop.html", SHOP);

        int code = explain(page.toString(), "--url", "https://shop.example/checkout");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("would be queued")
                .contains("visa: acceptance")
                .contains("We accept [Visa] and Mastercard.")
                .contains("without it");
    }

    @Test
    void printsNearMissesAndTraits() throws IOException {
        Path page = write(
                "near.html",
                "<title>Market</title><meta name=generator content='Hugo'><script>gtag('config','G-0EXAMPLE00')</script>"
                        + "<p>All major credit ca\u001brds are cut.</p><p>Lamps for 19.90 EUR.</p>");

        int code = explain(page.toString(), "--url", "https://market.example/");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("trait  analytics ga4:G-0EXAMPLE00")
                .contains("near misses")
                .contains("metadata.analytics-account@1: 'G-0EXAMPLE00' is there; the rule is a draft")
                .contains("metadata.price-small@1: '19.90 EUR' is there; the rule is a draft")
                .doesNotContain("\u001b");
    }

    @Test
    void printsWhatThePageAboutScoresShows() throws IOException {
        String documented = Files.readString(Path.of("docs/scores.md"));

        explain("src/test/resources/documents/candles.html", "--url", "https://candles.example/");

        assertThat(documented)
                .contains(out.toString()
                        .replace("src/test/resources/documents/", "")
                        .stripTrailing()
                        .replaceAll("(?m)^(?=.)", "    "));
    }

    @Test
    void writesNearMissesAsJson() throws IOException {
        write("near.html", "<p>Lamps for 19.90 EUR.</p>");
        Path list = write("list.tsv", "near.html\thttps://market.example/\n");

        explain("--list", list.toString());

        JsonNode page = jsonLines().getFirst();
        assertThat(page.get("dropped").asInt()).isZero();
        assertThat(page.get("traits").isArray()).isTrue();
        assertThat(StreamSupport.stream(page.get("nearly").spliterator(), false)
                        .map(miss -> miss.get("rule").asString()))
                .contains("metadata.price-small@1");
    }

    @Test
    void printsOneJsonObjectPerPageOfList() throws IOException {
        write("shop.html", SHOP);
        write("quiet.html", "<title>Weather</title><p>It rains.</p>");
        Path list =
                write("list.tsv", "path\turl\nshop.html\thttps://shop.example/\nquiet.html\thttps://quiet.example/\n");

        int code = explain("--list", list.toString());

        List<JsonNode> pages = jsonLines();
        assertThat(code).isZero();
        assertThat(pages).hasSize(2);
        JsonNode shop = pages.getFirst();
        assertThat(shop.get("path").asString()).isEqualTo("shop.html");
        assertThat(shop.get("flagged").asBoolean()).isTrue();
        assertThat(StreamSupport.stream(shop.get("brandUses").spliterator(), false)
                        .map(use -> use.get("brand").asString() + ":"
                                + use.get("kind").asString()))
                .contains("visa:acceptance", "mastercard:acceptance");
        assertThat(shop.get("rulesetSha256").asString()).hasSize(64);
        assertThat(pages.getLast().get("flagged").asBoolean()).isFalse();
    }

    @Test
    void continuesAfterInvalidLineOfList() throws IOException {
        write("shop.html", SHOP);
        Path list = write(
                "list.tsv", "gone.html\thttps://gone.example/\nshop.html\tno url\nshop.html\thttps://shop.example/\n");

        int code = explain("--list", list.toString());

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(jsonLines()).hasSize(1);
        assertThat(err.toString())
                .contains("line 1: ", "gone.html cannot be read")
                .contains("line 2: no url is not a URL");
    }

    @Test
    void reportsMissingFile() {
        assertThat(explain("shop.example")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("file shop.example does not exist", "https://");
    }

    @Test
    void reportsInvalidListAndFolder() throws IOException {
        Path latin = Files.write(folder.resolve("latin.tsv"), new byte[] {'a', (byte) 0xE9, '\t', 'h', '\n'});
        Path gone = folder.resolve("gone.tsv");

        assertThat(explain("--list", latin.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(explain("--list", gone.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(explain("--list", folder.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(explain(folder.toString(), "--url", "https://shop.example/")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(explain("HTTPS://", "--url", "https://shop.example/")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("latin.tsv: it is not UTF-8; must be"),
                        line -> assertThat(line).contains("gone.tsv: no such file; must be"),
                        line -> assertThat(line).contains(": it is a folder; must be"),
                        line -> assertThat(line).contains("is a folder; name a saved page in it"),
                        line -> assertThat(line).contains("omit it with a PAGE that is a URL"));
    }

    @Test
    void readsEmptyPageAndPageWithoutCharset() throws IOException {
        Path empty = write("empty.html", "");
        Path latin = Files.write(
                folder.resolve("latin.html"), "<p>Caf\u00e9: we accept Visa".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(explain(empty.toString(), "--url", "https://shop.example/")).isZero();
        assertThat(out.toString()).contains("0 points, severity none, would not be queued");
        assertThat(explain(latin.toString(), "--url", "https://shop.example/")).isZero();
        assertThat(out.toString()).contains("visa: acceptance", "Caf\u00e9");
    }

    @Test
    void truncatesPageAtSizeLimitOfCrawl() throws IOException {
        Path huge = write("huge.html", "<p>We accept Visa.</p>" + "lorem ".repeat(1 << 20));

        assertThat(explain(huge.toString(), "--url", "https://shop.example/")).isZero();
        assertThat(out.toString()).contains("visa: acceptance", "truncated at the size limit of a crawl");
    }

    @Test
    void readsStandardInput() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(SHOP.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(explain("-", "--url", "https://shop.example/")).isZero();
        } finally {
            System.setIn(before);
        }
        assertThat(out.toString()).contains("visa: acceptance");
    }

    @Test
    void refusesPictureWithNameOfPage() throws IOException {
        Path picture = folder.resolve("picture.html");
        Files.write(picture, new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D});

        int code = explain(picture.toString(), "--url", "https://shop.example/");

        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("not read: refused", "IMAGE");
    }

    @Test
    void sanitisesEscapeSequencesOfPage() throws IOException {
        Path page = write("escape.html", "<p>We accept Visa&#27;]0;owned&#7; \u202e here</p>");

        explain(page.toString(), "--url", "https://shop.example/");

        assertThat(out.toString()).contains("visa: acceptance").doesNotContain("\u001b", "\u0007", "\u202e");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    private List<JsonNode> jsonLines() {
        return out.toString()
                .lines()
                .map(line -> new JsonMapper().readTree(line))
                .toList();
    }

    private int explain(String... words) {
        CommandLine line =
                Markwatch.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[words.length + 1];
        all[0] = "explain";
        System.arraycopy(words, 0, all, 1, words.length);
        return Markwatch.execute(line, all);
    }
}
