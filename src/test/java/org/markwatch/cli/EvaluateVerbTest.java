package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the verb on a few labelled pages, with the built-in rules and with changed rules. */
class EvaluateVerbTest {
    private static final Path BUILT_IN = Path.of("job-config");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path labels = Path.of("labels.tsv");

    @BeforeEach
    void label() throws IOException {
        write("shop.html", "<title>Checkout</title><p>We accept Visa and Mastercard.</p>");
        write(
                "icons.html",
                "<title>Lamps</title><p>5 EUR</p><img src=/icons/visa.svg alt='Pay by Visa'><button>Buy now</button>");
        write("wallet.html", "<title>Lamps</title><p>We only accept Monero. Pay with Bitcoin.</p>");
        write("weather.html", "<title>Weather</title><p>It rains.</p>");
        labels = write("labels.tsv", """
                path\turl\tlabel\tflagged
                shop.html\thttps://shop.example/\tacceptance\tyes
                icons.html\thttps://icons.example/\tacceptance\tyes
                wallet.html\thttps://wallet.example/\tnone\tno
                weather.html\thttps://weather.example/\tnone\tno
                """);
    }

    @Test
    void readsLabelsFromSpreadsheets() throws IOException {
        labels = write("labels.csv", """
                \uFEFFpath;label;url;note;flagged
                shop.html;acceptance;https://shop.example/;"two; cells";yes
                weather.html;none;https://weather.example/;"two
                lines";no
                ;;;;
                """);

        assertThat(evaluate("--config", BUILT_IN.toString(), "--json")).isZero();
        assertThat(json().get("pages").asInt()).isEqualTo(2);
        assertThat(json().get("flagged").get("hits").asInt()).isEqualTo(1);
    }

    @Test
    void namesLineOfLabelsAfterCellOfTwoLines() throws IOException {
        labels = write("labels.csv", """
                path,url,label,flagged,note
                shop.html,https://shop.example/,acceptance,yes,"two
                lines"
                weather.html,https://weather.example/,none,perhaps,
                """);

        assertThat(evaluate("--config", BUILT_IN.toString())).isNotZero();
        assertThat(err.toString()).contains("labels.csv: line 4: flagged=perhaps; must be yes or no");
    }

    @Test
    void measuresByKindAndIndicatorWithIntervals() {
        int code = evaluate("--config", BUILT_IN.toString(), "--json");

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        JsonNode all = json();
        assertThat(all.get("pages").asInt()).isEqualTo(4);
        JsonNode acceptance = all.get("kinds").get("acceptance");
        assertThat(acceptance.get("hits").asInt()).isEqualTo(2);
        assertThat(acceptance.get("recall").get("value").asDouble()).isEqualTo(1);
        // Wilson's interval of 2 of 2: n / (n + z²) = 2 / (2 + 3.8415)
        assertThat(acceptance.get("recall").get("low").asDouble()).isBetween(0.342, 0.343);
        assertThat(acceptance.get("recall").get("high").asDouble()).isEqualTo(1);
        JsonNode rule = all.get("indicators").get("crypto.bitcoin@1");
        assertThat(rule.get("falseAlarms").asInt()).isEqualTo(1);
        assertThat(rule.get("precision").get("value").asDouble()).isZero();
        assertThat(rule.get("precision").get("high").asDouble()).isBetween(0.79, 0.80);
        assertThat(all.get("flagged").get("falseAlarms").asInt()).isEqualTo(1);
    }

    @Test
    void listsWronglyFlaggedPages() {
        evaluate("--config", BUILT_IN.toString());

        assertThat(out.toString())
                .contains("4 pages; 95 % confidence intervals (Wilson)")
                .contains("pages that are missed or wrongly flagged")
                .containsPattern("wrong  wallet.html \\(none, \\d+ points, nothing\\)");
    }

    @Test
    void readsXhtmlAsACrawlDoes() throws IOException {
        write("strict.xhtml", "<html><head><script src='a.js'/></head><body><p>We accept Visa.</p></body></html>");
        labels = write("labels.tsv", "strict.xhtml\thttps://strict.example/\tacceptance\n");

        evaluate("--config", BUILT_IN.toString(), "--json");

        assertThat(json().get("kinds").get("acceptance").get("hits").asInt()).isEqualTo(1);
    }

    @Test
    void listsNewlyAndNoLongerFlaggedPagesOfAnotherRuleset() throws IOException {
        // baseline rules: acceptance gives no points, and a weather phrase is flagged
        Path before = copy("before");
        acceptNothing(before);
        Files.writeString(before.resolve("indicators/weather.csv"), """
                id,type,pattern,group,weight,scope,source
                weather.rain,phrase,it rains,voucher,35,text,test
                """);

        int code = evaluate("--config", BUILT_IN.toString(), "--against", before.toString(), "--json");

        assertThat(code).isZero();
        List<String> changes = new ArrayList<>();
        json().get("changes")
                .forEach(change -> changes.add(change.get("change").asString() + " "
                        + change.get("path").asString()));
        assertThat(changes)
                .containsExactly(
                        "newly flagged shop.html", "newly flagged icons.html", "no longer flagged weather.html");
    }

    @Test
    void printsDifferencesWithBothScores() throws IOException {
        Path before = copy("before");
        acceptNothing(before);

        evaluate("--config", BUILT_IN.toString(), "--against", before.toString());

        assertThat(out.toString())
                .contains(" pages differ from " + before)
                .containsPattern("newly flagged: shop.html, \\d+ to \\d+ points")
                .contains("      +25 brand:mastercard@acceptance");
    }

    @Test
    void printsPointsThatDiffer() throws IOException {
        Path before = copy("before");
        replace(
                before.resolve("policies.yaml"),
                "label: Crypto payment wording, cap: 35",
                "label: Crypto payment wording, cap: 20");

        evaluate("--config", BUILT_IN.toString(), "--against", before.toString());

        assertThat(out.toString())
                .contains("newly flagged: wallet.html, 20 to 35 points")
                .containsPattern(" crypto\\.[a-z-]+@1 \\+\\d+, was \\+\\d+");
    }

    @Test
    void findsNoDifferenceBetweenIdenticalRulesets() {
        evaluate("--config", BUILT_IN.toString(), "--against", BUILT_IN.toString());

        assertThat(out.toString()).contains("0 pages differ");
    }

    @Test
    void acceptsByteOrderMarkAndRefusesFlagThatIsNeitherYesNorNo() throws IOException {
        labels = write(
                "labels.tsv", "\uFEFFpath\turl\tlabel\tflagged\nshop.html\thttps://shop.example/\tacceptance\tYES\n");

        assertThat(evaluate("--config", BUILT_IN.toString())).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("line 2: flagged=YES; must be yes or no");
    }

    @Test
    void refusesUnknownLabel() throws IOException {
        labels = write("labels.tsv", "shop.html\thttps://shop.example/\tacceptence\n");

        int code = evaluate("--config", BUILT_IN.toString());

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("shop.html: label=acceptence; must be none or a kind of brand use");
    }

    private int evaluate(String... words) {
        CommandLine line = Markwatch.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = Stream.concat(Stream.of("evaluate", labels.toString()), Stream.of(words))
                .toArray(String[]::new);
        return Markwatch.execute(line, all);
    }

    private JsonNode json() {
        return JsonMapper.builder().build().readTree(out.toString());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void replace(Path file, String text, String by) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, by));
    }

    private static void acceptNothing(Path config) throws IOException {
        replace(config.resolve("policies.yaml"), "  acceptance: 25\n", "  acceptance: 0\n");
    }

    private Path copy(String name) throws IOException {
        Path to = folder.resolve(name);
        try (Stream<Path> files = Files.walk(BUILT_IN)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(BUILT_IN.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        return to;
    }
}
