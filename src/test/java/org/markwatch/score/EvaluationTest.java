package org.markwatch.score;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.Watchlists;
import org.markwatch.score.Evaluation.Share;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;

class EvaluationTest {
    private final Evaluation evaluation = new Evaluation(List.of(
            Watchlists.indicator("news.agency", Indicator.Type.PHRASE, "news agency", "news", -10),
            Watchlists.indicator("a", Indicator.Type.PHRASE, "a", "crypto", 5)));

    private static Finding finding(boolean flagged, List<String> rules, Kind... kinds) {
        List<Match> matches = rules.stream()
                .map(rule -> new Match(rule, Kind.INDICATOR, null, "crypto", 5, Field.TEXT, 0, 1, "x", "x", 0))
                .toList();
        return new Finding(
                HttpUrl.of("https://shop.example/"),
                "",
                "",
                flagged ? 25 : 0,
                flagged ? "low" : "none",
                "none",
                flagged,
                "",
                Stream.of(kinds).map(kind -> new Finding.BrandUse("visa", kind)).toList(),
                List.of(),
                matches,
                "0".repeat(64),
                "0".repeat(64));
    }

    @Test
    void countsFalseAlarmOnlyForTheStrongestKind() {
        evaluation.add("acceptance", true, finding(true, List.of(), Kind.ACCEPTANCE, Kind.LOGO));
        evaluation.add("acceptance", true, finding(false, List.of(), Kind.LOGO));
        evaluation.add("mention", false, finding(true, List.of(), Kind.ACCEPTANCE));
        evaluation.add("none", false, finding(false, List.of()));

        Evaluation.Measures acceptance = requireNonNull(evaluation.kinds().get(Kind.ACCEPTANCE));
        assertThat(acceptance.hits()).isEqualTo(1);
        assertThat(acceptance.misses()).isEqualTo(1);
        assertThat(acceptance.falseAlarms()).isEqualTo(1);
        assertThat(acceptance.precision().value()).isEqualTo(0.5);
        assertThat(acceptance.recall().value()).isEqualTo(0.5);
        assertThat(acceptance.f1()).isEqualTo(0.5);
        assertThat(requireNonNull(evaluation.kinds().get(Kind.LOGO)).falseAlarms())
                .isEqualTo(1);
        assertThat(evaluation.flagged().falseAlarmRate().value()).isEqualTo(0.5);
    }

    @Test
    void measuresIndicatorsByPagesThatReviewersShouldSee() {
        evaluation.add("none", false, finding(false, List.of("a@1")));
        evaluation.add("acceptance", true, finding(true, List.of("a@1", "b@1"), Kind.ACCEPTANCE));
        evaluation.add("acceptance", true, finding(true, List.of("a@1"), Kind.ACCEPTANCE));

        assertThat(requireNonNull(evaluation.indicators().get("a@1"))
                        .precision()
                        .value())
                .isEqualTo(2 / 3.0, within(1e-9));
        assertThat(requireNonNull(evaluation.indicators().get("b@1")).recall().value())
                .isEqualTo(0.5);
    }

    @Test
    void judgesContextByPagesThatReviewersShouldNotSee() {
        evaluation.add("none", false, finding(false, List.of("news.agency@1")));
        evaluation.add("mention", false, finding(false, List.of("news.agency@1-leet")));
        evaluation.add("none", false, finding(false, List.of()));
        evaluation.add("acceptance", true, finding(true, List.of("news.agency@1", "a@1"), Kind.ACCEPTANCE));
        evaluation.add("acceptance", true, finding(true, List.of("a@1"), Kind.ACCEPTANCE));

        assertThat(evaluation.indicators()).containsOnlyKeys("a@1");
        assertThat(evaluation.contexts()).containsOnlyKeys("news.agency@1", "news.agency@1-leet");
        Evaluation.Measures context = requireNonNull(evaluation.contexts().get("news.agency@1"));
        assertThat(context.hits()).isEqualTo(1);
        assertThat(context.falseAlarms()).isEqualTo(1);
        assertThat(context.misses()).isEqualTo(2);
        assertThat(context.quiet()).isEqualTo(1);
    }

    /**
     * Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I.
     */
    @Test
    void computesWilsonInterval() {
        Share share = Share.of(81, 263);

        assertThat(share.low()).isEqualTo(0.2553, within(0.0001));
        assertThat(share.high()).isEqualTo(0.3662, within(0.0001));
        assertThat(Share.of(0, 20).low()).isZero();
        assertThat(Share.of(0, 20).high()).isEqualTo(0.1611, within(0.0001));
    }

    @Test
    void refusesUnknownLabel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluation.add("accepted", true, finding(true, List.of())))
                .withMessageContaining("label=accepted; must be none or a kind of brand use");
    }
}
