package org.markwatch.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.markwatch.match.Watchlists.MASTERCARD;
import static org.markwatch.match.Watchlists.VISA;
import static org.markwatch.match.Watchlists.indicator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.Capture;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.match.Matcher;
import org.markwatch.match.PageMatches;
import org.markwatch.match.Watchlists;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Watchlist;

class HeldBackTest {
    private static final Watchlist RULES = Watchlists.of(
            List.of(VISA, MASTERCARD),
            List.of(
                    indicator("voucher.code", Indicator.Type.PHRASE, "voucher code", "voucher", 12),
                    indicator("news.agency", Indicator.Type.PHRASE, "news agency", "news", -10)));

    @Test
    void namesTooFewPoints() {
        assertThat(heldBack("https://shop.example.net/", "Send a voucher code."))
                .contains(HeldBack.POINTS);
        assertThat(heldBack("https://shop.example.net/", "Send a voucher code. A news agency wrote."))
                .as("contexts do not hide it")
                .contains(HeldBack.POINTS);
    }

    @Test
    void namesBrandThatIsOnlyMentioned() {
        assertThat(heldBack("https://news.example/", "Mastercard moved to another street."))
                .contains(HeldBack.MENTION);
    }

    @Test
    void namesSuppression() {
        assertThat(heldBack("https://www.mastercard.com/", "Shops accept Mastercard here."))
                .contains(HeldBack.SUPPRESSED);
    }

    @Test
    void isEmptyForFlaggedPagesAndPagesWithoutEvidence() {
        assertThat(heldBack("https://shop.example.net/", "We accept Mastercard. Pay with a card of Mastercard."))
                .isEmpty();
        assertThat(heldBack("https://blog.example/", "Waves and stones.")).isEmpty();
        assertThat(heldBack("https://blog.example/", "A news agency wrote.")).isEmpty();
    }

    private static Optional<HeldBack> heldBack(String url, String text) {
        HttpUrl uri = HttpUrl.of(url);
        PageText page = new PageExtractor()
                .extract(new Capture(
                        uri,
                        uri,
                        List.of(uri),
                        200,
                        "text/html",
                        "UTF-8",
                        Map.of(),
                        "<p>" + text + "</p>",
                        100,
                        false,
                        Instant.EPOCH))
                .text();
        PageMatches found = Matcher.compile(RULES, Watchlists.TODAY).find(page);
        return HeldBack.of(new Scorer(RULES, Watchlists.TODAY).score(uri, "", "", found.matches()));
    }
}
