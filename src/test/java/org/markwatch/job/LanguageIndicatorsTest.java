package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.Capture;
import org.markwatch.score.Finding;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.WatchlistReader;

/**
 * The shipped indicators on pages in Russian, Korean, Vietnamese, Indonesian, Thai, Japanese and Spanish: six of each
 * language that arrange payment without naming a brand, and four innocent ones.
 */
class LanguageIndicatorsTest {
    private static final Path FOLDER = Path.of("src/test/resources/languages");
    private static final Map<String, Finding> FINDINGS = new TreeMap<>();

    @BeforeAll
    static void analyse() throws Exception {
        RulesetAnalyser rules =
                new RulesetAnalyser(WatchlistReader.read(Path.of("job-config")), LocalDate.of(2026, 11, 28));
        for (String row : Files.readAllLines(FOLDER.resolve("labels.tsv")).stream()
                .skip(1)
                .toList()) {
            String[] cells = row.split("\t");
            FINDINGS.put(cells[0], rules.analyse(capture(cells[0], HttpUrl.of(cells[1]))));
        }
    }

    @Test
    void flagsPaymentOutOfSightByTransferAndByVoucher() {
        assertThat(FINDINGS)
                .hasSize(70)
                .allSatisfy((page, finding) -> assertThat(
                                finding.flagged() || !page.matches("..-(hidden|transfer|voucher|mixed)\\.html"))
                        .as(page)
                        .isTrue());
    }

    @Test
    void givesOffersOfAffiliatesAndMembershipsThePointsOfTheirGroup() {
        assertThat(FINDINGS)
                .allSatisfy((page, finding) -> assertThat(
                                finding.score() >= 20 || !page.matches("..-(affiliate|member)\\.html"))
                        .as(page)
                        .isTrue());
    }

    @Test
    void flagsNoBankLibraryShopOrNewspaper() {
        assertThat(FINDINGS)
                .allSatisfy((page, finding) -> assertThat(finding.flagged() && page.contains("innocent"))
                        .as(page)
                        .isFalse());
    }

    private static Capture capture(String file, HttpUrl url) throws IOException {
        String text = Files.readString(FOLDER.resolve(file));
        return new Capture(
                url, url, List.of(url), 200, "text/html", "UTF-8", Map.of(), text, text.length(), false, Instant.EPOCH);
    }
}
