package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.match.Watchlists;
import org.markwatch.review.team.RuleTrial;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Watchlist;
import org.postgresql.ds.PGSimpleDataSource;

class ConsoleTrialTest {
    private static final HttpUrl PAGE = HttpUrl.of("https://shop.example/");

    private final RuleTrial trial = new ConsoleTrial(
            new KeptTextStore(new PGSimpleDataSource()),
            Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC));

    @Test
    void explainsPastedHtmlInAnyLanguage() {
        RuleTrial.TriedPage page = trial.html(
                Watchlists.of(Watchlists.BRANDS, List.of(phrase("gutschein", "Überraschungsgutschein"))),
                PAGE,
                "<p>Zahle mit einem Überraschungsgutschein</p>",
                true);

        assertThat(page.matches()).contains(new RuleTrial.TriedMatch("gutschein@1", "text", "Überraschungsgutschein"));
        assertThat(page.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.rule()).isEqualTo("gutschein@1");
            assertThat(reason.snippet().substring(reason.start(), reason.end())).isEqualTo("Überraschungsgutschein");
        });
    }

    @Test
    void usesOtherRulesForAnotherWatchlist() {
        trial.html(Watchlists.of(Watchlists.BRANDS, List.of(phrase("one", "voucher"))), PAGE, "<p>voucher</p>", true);

        RuleTrial.TriedPage page = trial.html(
                Watchlists.of(Watchlists.BRANDS, List.of(phrase("two", "voucher"))), PAGE, "<p>voucher</p>", true);

        assertThat(page.reasons()).extracting(RuleTrial.TriedReason::rule).containsExactly("two@1");
    }

    @Test
    void leavesMaskedIndicatorsOutForWhoMayNotSeeThem() {
        Watchlist rules = Watchlists.of(
                Watchlists.BRANDS, List.of(phrase("open", "voucher"), phrase("sealed", "quiet word", true)));
        String html = "<p>voucher and quiet word</p>";

        assertThat(trial.html(rules, PAGE, html, true).matches())
                .extracting(RuleTrial.TriedMatch::rule)
                .contains("open@1", "sealed@1");
        for (int again = 0; again < 2; again++) {
            RuleTrial.TriedPage page = trial.html(rules, PAGE, html, false);
            assertThat(page.toString()).contains("open@1").doesNotContain("sealed");
            assertThat(page.score()).isEqualTo(10);
        }
    }

    private static Indicator phrase(String id, String words) {
        return phrase(id, words, false);
    }

    private static Indicator phrase(String id, String words, boolean restricted) {
        return new Indicator(
                id,
                1,
                Indicator.Type.PHRASE,
                words,
                "voucher",
                10,
                EnumSet.of(Field.TEXT),
                "",
                Indicator.State.LIVE,
                null,
                null,
                "test",
                List.of(),
                List.of(),
                restricted);
    }
}
