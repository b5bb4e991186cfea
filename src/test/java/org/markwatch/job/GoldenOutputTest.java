package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.markwatch.extract.Extraction;
import org.markwatch.extract.LabelledPage;
import org.markwatch.extract.PageExtractor;
import org.markwatch.score.Finding;
import org.markwatch.watchlist.DetectionVersion;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;

/**
 * Compares the results of a fixed set of pages by a fixed configuration with {@code golden/digests.tsv}. Results that
 * change need another version in {@link DetectionVersion}, because the version is part of the ruleset hash under which
 * findings of earlier nights are reused.
 */
class GoldenOutputTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final Path DIGESTS = FOLDER.resolve("digests.tsv");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    /**
     * Digests of one page, 16 hex digits each.
     *
     * @param content    the page itself
     * @param extraction its passages and links
     * @param matches    its matches
     * @param score      points, reasons, severity, lane and brand uses
     */
    private record Digests(String content, String extraction, String matches, String score) {}

    /**
     * The versions under which the digests were made.
     *
     * @param ruleset ruleset hash of the golden configuration, which includes both versions
     */
    private record Golden(int extractor, int rules, String ruleset, Map<String, Digests> pages) {}

    @Test
    void givesOtherResultsOnlyUnderAnotherVersion() throws Exception {
        Golden recorded = read();
        Golden now = compute(recorded.pages.keySet());

        assertThat(faults(recorded, now)).isEmpty();
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(DIGESTS, text(now));
        }
        assertThat(Files.readString(DIGESTS))
                .as("%s; run 'mvn -Dtest=GoldenOutputTest -Dgolden.write=true test' and commit the file", DIGESTS)
                .isEqualTo(text(now));
    }

    @Test
    void namesTheVersionToRaise() {
        Golden before = new Golden(1, 1, "same", Map.of("a.html", new Digests("page", "text", "matches", "score")));

        assertThat(faults(before, changed(before, new Digests("page", "other", "matches", "score"))))
                .singleElement()
                .asString()
                .contains("passages or links of 1 pages changed, a.html first")
                .contains("raise DetectionVersion.EXTRACTOR to 2");
        assertThat(faults(before, changed(before, new Digests("page", "text", "other", "other"))))
                .singleElement()
                .asString()
                .contains("matches or scores of 1 pages changed, a.html first")
                .contains("raise DetectionVersion.RULES to 2");
    }

    @Test
    void acceptsOtherResultsOfAnotherPageVersionOrConfiguration() {
        Golden before = new Golden(1, 1, "same", Map.of("a.html", new Digests("page", "text", "matches", "score")));
        Map<String, Digests> other = Map.of("a.html", new Digests("page", "other", "other", "other"));

        assertThat(faults(before, changed(before, new Digests("edited", "other", "other", "other"))))
                .isEmpty();
        assertThat(faults(before, new Golden(2, 1, "other", other))).isEmpty();
        assertThat(faults(before, new Golden(1, 2, "other", Map.of("a.html", new Digests("page", "text", "x", "x")))))
                .isEmpty();
    }

    private static Golden changed(Golden golden, Digests page) {
        return new Golden(golden.extractor, golden.rules, golden.ruleset, Map.of("a.html", page));
    }

    private static List<String> faults(Golden recorded, Golden now) {
        List<String> faults = new ArrayList<>();
        List<String> extraction = changed(recorded, now, Digests::extraction);
        if (!extraction.isEmpty() && recorded.extractor == now.extractor) {
            faults.add("passages or links of " + extraction.size() + " pages changed, " + extraction.getFirst()
                    + " first; if that is meant, raise DetectionVersion.EXTRACTOR to " + (now.extractor + 1));
        }
        List<String> results = changed(recorded, now, page -> page.matches + page.score);
        if (!results.isEmpty() && recorded.ruleset.equals(now.ruleset) && faults.isEmpty()) {
            faults.add("matches or scores of " + results.size() + " pages changed, " + results.getFirst()
                    + " first; if that is meant, raise DetectionVersion.RULES to " + (now.rules + 1));
        }
        return faults;
    }

    /** Returns the pages that are the same as recorded and have another digest. */
    private static List<String> changed(Golden recorded, Golden now, Function<Digests, String> digest) {
        return recorded.pages.keySet().stream()
                .filter(page -> {
                    Digests before = Objects.requireNonNull(recorded.pages.get(page));
                    Digests after = Objects.requireNonNull(now.pages.get(page));
                    return before.content.equals(after.content)
                            && !digest.apply(before).equals(digest.apply(after));
                })
                .sorted()
                .toList();
    }

    private static Golden compute(Iterable<String> files) throws Exception {
        Watchlist watchlist = WatchlistReader.read(FOLDER.resolve("job-config"));
        RulesetAnalyser analyser = new RulesetAnalyser(watchlist, TODAY);
        PageExtractor extractor = new PageExtractor();
        Map<String, LabelledPage> labelled =
                LabelledPage.all().stream().collect(Collectors.toMap(LabelledPage::file, page -> page));
        Map<String, Digests> pages = new LinkedHashMap<>();
        for (String file : files) {
            LabelledPage page = Objects.requireNonNull(labelled.get(file), file + " is not in pages/labels.tsv");
            Extraction extraction = extractor.extract(page.capture());
            Finding finding = analyser.analyse(extraction.text());
            pages.put(
                    file,
                    new Digests(
                            digest(List.of(page.capture().text(), page.url())),
                            digest(extraction(extraction)),
                            digest(finding.matches()),
                            digest(score(finding))));
        }
        return new Golden(DetectionVersion.EXTRACTOR, DetectionVersion.RULES, watchlist.rulesetSha256(), pages);
    }

    private static List<Object> extraction(Extraction page) {
        List<Object> parts =
                new ArrayList<>(List.of(page.text().title(), page.text().language()));
        parts.add(page.text().shell());
        parts.add(page.text().structure());
        parts.add(page.robots());
        parts.addAll(new TreeMap<>(page.referenceCounts()).entrySet());
        parts.addAll(page.links());
        parts.addAll(new TreeSet<>(page.nofollow()));
        page.text().passages().forEach(parts::add);
        return parts;
    }

    private static List<Object> score(Finding finding) {
        List<Object> parts = new ArrayList<>(List.of(finding.score(), finding.flagged()));
        parts.addAll(List.of(finding.severity(), finding.lane(), finding.suppressed(), finding.evidenceSha256()));
        parts.addAll(finding.brandUses());
        parts.addAll(finding.reasons());
        finding.traits().stream().sorted(Comparator.naturalOrder()).forEach(parts::add);
        return parts;
    }

    private static String digest(List<?> parts) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Object part : parts) {
            digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static Golden read() throws IOException {
        Map<String, String> head = new LinkedHashMap<>();
        Map<String, Digests> pages = new LinkedHashMap<>();
        for (String line : Files.readAllLines(DIGESTS)) {
            String[] cells = line.split("\t", -1);
            if (cells.length == 2) {
                head.put(cells[0], cells[1]);
            } else if (!cells[0].equals("page")) {
                pages.put(cells[0], new Digests(cells[1], cells[2], cells[3], cells[4]));
            }
        }
        return new Golden(
                Integer.parseInt(head.getOrDefault("extractor", "")),
                Integer.parseInt(head.getOrDefault("rules", "")),
                head.getOrDefault("ruleset", ""),
                pages);
    }

    private static String text(Golden golden) {
        StringBuilder text = new StringBuilder("extractor\t" + golden.extractor + "\nrules\t" + golden.rules
                + "\nruleset\t" + golden.ruleset + "\npage\tcontent\textraction\tmatches\tscore\n");
        golden.pages.forEach((page, digests) -> text.append(
                        String.join("\t", page, digests.content, digests.extraction, digests.matches, digests.score))
                .append('\n'));
        return text.toString();
    }
}
