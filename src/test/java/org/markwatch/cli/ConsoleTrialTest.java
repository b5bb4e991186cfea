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
                "<p>Zahle mit einem Überraschungsgutschein</p>");

        assertThat(page.matches()).contains(new RuleTrial.TriedMatch("gutschein@1", "text", "Überraschungsgutschein"));
        assertThat(page.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.rule()).isEqualTo("gutschein@1");
            assertThat(reason.snippet().substring(reason.start(), reason.end())).isEqualTo("Überraschungsgutschein");
        });
    }

    @Test
    void usesOtherRulesForAnotherWatchlist() {
        trial.html(Watchlists.of(Watchlists.BRANDS, List.of(phrase("one", "voucher"))), PAGE, "<p>voucher</p>");

        RuleTrial.TriedPage page =
                trial.html(Watchlists.of(Watchlists.BRANDS, List.of(phrase("two", "voucher"))), PAGE, "<p>voucher</p>");

        assertThat(page.reasons()).extracting(RuleTrial.TriedReason::rule).containsExactly("two@1");
    }

    private static Indicator phrase(String id, String words) {
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
                List.of());
    }
}
