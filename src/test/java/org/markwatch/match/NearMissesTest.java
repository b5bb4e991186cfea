package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.extract.PageText;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Indicator.State;
import org.markwatch.watchlist.Indicator.Type;
import org.markwatch.watchlist.Watchlist;

class NearMissesTest {
    private static final Indicator PHRASE =
            Watchlists.indicator("cards", Type.PHRASE, "gift cards by mail", "voucher", 10, EnumSet.of(Field.TEXT));

    private static List<String> nearly(Indicator indicator, PageText page) {
        Watchlist watchlist = Watchlists.of(Watchlists.BRANDS, List.of(indicator));
        List<Match> matches = Matcher.compile(watchlist, Watchlists.TODAY).match(page);
        return new NearMisses(watchlist, Watchlists.TODAY)
                .of(page, matches).stream()
                        .map(miss -> miss.rule() + ": " + miss.why())
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Gift cards by post today",
                "gift cards mail",
                "Gift-cards sent by mail",
                "some gift cards by mai"
            })
    void tellsPhraseButForOneWord(String text) {
        assertThat(nearly(PHRASE, Pages.page().text(text).build()))
                .singleElement()
                .asString()
                .startsWith("cards@1: '")
                .endsWith("has all but one word of 'gift cards by mail'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gift cards by mail", "cards and gifts by mail", "mail by cards gift", "gift", "by mail"})
    void keepsQuietOfPhraseThatFiredOrIsFarOff(String text) {
        assertThat(nearly(PHRASE, Pages.page().text(text).build())).isEmpty();
    }

    @Test
    void tellsPhraseOutsideOfItsScope() {
        assertThat(nearly(
                        PHRASE,
                        Pages.page()
                                .with(Field.TITLE, "title", "Gift cards by mail")
                                .build()))
                .containsExactly("cards@1: 'Gift cards by mail' is there; the rule is not looked for in title");
    }

    @Test
    void tellsRuleThatIsNotInForce() {
        PageText page = Pages.page().text("gift cards by mail").build();

        assertThat(nearly(Watchlists.in(PHRASE, State.DRAFT, null, null), page))
                .containsExactly("cards@1: 'gift cards by mail' is there; the rule is a draft");
        assertThat(nearly(Watchlists.in(PHRASE, State.RETIRED, null, null), page))
                .hasSize(1);
        assertThat(nearly(Watchlists.in(PHRASE, State.LIVE, Watchlists.TODAY.plusDays(1), null), page))
                .containsExactly("cards@1: 'gift cards by mail' is there; the rule is valid from 2026-11-26 on");
        assertThat(nearly(Watchlists.in(PHRASE, State.LIVE, null, Watchlists.TODAY.minusDays(1)), page))
                .containsExactly("cards@1: 'gift cards by mail' is there; the rule is valid until 2026-11-24 only");
    }

    @Test
    void tellsExpressionOfWhichOnlyTheLiteralIsThere() {
        Indicator regex = Watchlists.indicator(
                "code", Type.REGEX, "\\bvoucher\\b.{0,20}\\brefund\\b", "voucher", 10, EnumSet.of(Field.TEXT));

        assertThat(nearly(regex, Pages.page().text("A voucher is sent").build()))
                .containsExactly("code@1: 'voucher' is in text; the expression does not match around it");
        assertThat(nearly(regex, Pages.page().text("voucher for a refund").build()))
                .isEmpty();
    }

    @Test
    void tellsTheFirstLiteralOfAnExpression() {
        Indicator regex = Watchlists.indicator(
                "code", Type.REGEX, "\\b(voucher|coupon)\\b.{0,20}\\brefund\\b", "voucher", 10, EnumSet.of(Field.TEXT));

        for (List<String> texts : List.of(List.of("A coupon", "A voucher"), List.of("A voucher", "A coupon"))) {
            PageText page =
                    Pages.page().text(texts.getFirst()).text(texts.getLast()).build();

            assertThat(nearly(regex, page))
                    .containsExactly("code@1: 'voucher' is in text; the expression does not match around it");
        }
    }

    @Test
    void tellsPhraseBesideABrandThatIsNotInForce() {
        Indicator draft = Watchlists.in(
                Watchlists.indicator("take", Type.PHRASE, "we take {brand}", "voucher", 10, EnumSet.of(Field.TEXT)),
                State.DRAFT,
                null,
                null);

        assertThat(nearly(draft, Pages.page().text("Here we take PayPal").build()))
                .containsExactly("take@1: 'we take PayPal' is there; the rule is a draft");
        assertThat(nearly(draft, Pages.page().text("Here we take coins").build()))
                .isEmpty();
    }
}
