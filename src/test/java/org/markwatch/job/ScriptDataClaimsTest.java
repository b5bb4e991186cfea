package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.content.CaptureDecoder;
import org.markwatch.extract.PageExtractor;
import org.markwatch.match.Match;
import org.markwatch.score.Finding;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** What the rules make of text that a page holds only as data for its scripts, with the shipped configuration. */
class ScriptDataClaimsTest {
    private static final String CLAIM = "We accept Visa and PayPal.";
    /** Matches an indicator of the group legal, which has negative points. */
    private static final String RULING = "The district court asked what the plaintiff had paid.";

    private static RulesetAnalyser analyser;

    @BeforeAll
    static void compileRules() throws WatchlistException {
        analyser = new RulesetAnalyser(WatchlistReader.read(Path.of("job-config")), LocalDate.of(2026, 3, 1));
    }

    private static Finding analyse(String html) {
        Disposition page = CaptureDecoder.decode(
                HttpUrl.of("https://lantern.example/x"), html.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        return analyser.analyse(new PageExtractor()
                .extract(((Disposition.Fetched) page).capture())
                .text());
    }

    private static String state(String... texts) {
        return "<script>window.STATE={\"texts\":[\"" + String.join("\",\"", texts) + "\"]}</script>";
    }

    @Test
    void claimInDataIsAnAcceptanceAsInText() {
        Finding data = analyse("<title>Lanterns</title><div id=root></div>" + state(CLAIM));
        Finding text = analyse("<title>Lanterns</title><p>" + CLAIM + "</p>");

        assertThat(data.flagged()).isTrue();
        assertThat(data.score()).isEqualTo(text.score());
        assertThat(data.brandUses()).isEqualTo(text.brandUses());
        assertThat(data.matches()).extracting(Match::field).containsOnly(Field.SCRIPT_DATA);
    }

    @Test
    void indicatorsAreFoundInData() {
        assertThat(analyse(state("Members only: lifetime access")).matches())
                .anyMatch(match -> match.kind() == Match.Kind.INDICATOR && match.field() == Field.SCRIPT_DATA);
    }

    @Test
    void deniedClaimInDataIsNone() {
        assertThat(analyse(state("We do not accept Visa or PayPal.")).flagged()).isFalse();
    }

    /** Data that no visitor need see must not free a page that shows a claim. */
    @Test
    void dataOfScriptsSpeakAgainstNoPage() {
        String shop = "<h1>Lanterns</h1><p>" + CLAIM;
        String articles = state(
                RULING,
                "PayPal said on Monday that its fees for merchants would rise again next year, as it had announced in the"
                        + " spring of that year.",
                "PayPal was founded in another century, and has since been bought and sold by larger companies more often"
                        + " than once.");

        assertThat(analyse(shop + articles).score())
                .isGreaterThanOrEqualTo(analyse(shop).score());
        assertThat(analyse(shop + articles).flagged()).isTrue();
        assertThat(analyse(shop + articles).matches()).noneMatch(match -> match.weight() < 0);
    }
}
