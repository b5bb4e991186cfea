package org.markwatch.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.markwatch.match.Watchlists.MASTERCARD;
import static org.markwatch.match.Watchlists.indicator;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.Capture;
import org.markwatch.extract.PageExtractor;
import org.markwatch.match.Match;
import org.markwatch.match.Matcher;
import org.markwatch.match.Watchlists;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Policy;
import org.markwatch.watchlist.Policy.Effect;
import org.markwatch.watchlist.Watchlist;

/** What a group says of a page follows from its effect in the policy, whatever its name is. */
class GroupEffectTest {
    private static final Indicator WORDING =
            indicator("own.wording", Indicator.Type.PHRASE, "zorbling goes by", "house-style", 5);

    @Test
    void readsWordingOfAnyGroupWithTheEffectAsAcceptance() {
        assertThat(uses("Here zorbling goes by Mastercard.", WORDING, Effect.ACCEPTANCE_WORDING))
                .contains(Match.Kind.ACCEPTANCE);
        assertThat(uses("Here zorbling goes by Mastercard.", WORDING, Effect.OFFER))
                .doesNotContain(Match.Kind.ACCEPTANCE);
    }

    @Test
    void givesIndicatorsInBackgroundNoEffect() {
        Indicator background = Watchlists.in(WORDING, Indicator.State.BACKGROUND, null, null);

        assertThat(uses("Here zorbling goes by Mastercard.", background, Effect.ACCEPTANCE_WORDING))
                .doesNotContain(Match.Kind.ACCEPTANCE);
    }

    private static List<Match.Kind> uses(String text, Indicator indicator, Effect effect) {
        Watchlist plain = Watchlists.of(List.of(MASTERCARD), List.of(indicator));
        Map<String, Policy.Group> groups = new HashMap<>(plain.policy().groups());
        groups.put("house-style", new Policy.Group("House style", 10, effect));
        Watchlist rules = new Watchlist(
                plain.settings(),
                plain.seeds(),
                plain.brands(),
                plain.indicators(),
                new Policy(
                        groups,
                        plain.policy().brandUsePoints(),
                        plain.policy().reviewFrom(),
                        plain.policy().bands(),
                        plain.policy().lanes(),
                        0),
                plain.rulesetSha256());
        HttpUrl url = HttpUrl.of("https://shop.example.net/");
        Capture capture = new Capture(
                url,
                url,
                List.of(url),
                200,
                "text/html",
                "UTF-8",
                Map.of(),
                "<p>" + text + "</p>",
                100,
                false,
                Instant.EPOCH);
        return Matcher.compile(rules, Watchlists.TODAY)
                .find(new PageExtractor().extract(capture).text())
                .matches()
                .stream()
                .map(Match::kind)
                .toList();
    }
}
