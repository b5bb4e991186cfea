package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.markwatch.extract.PageText;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Indicator.Type;
import org.markwatch.watchlist.Watchlist;

/** What a restricted indicator finds is told by its rule alone; the words are neutral, as all of the project's. */
class RestrictedTest {
    private static final Indicator VOUCHER = Watchlists.indicator("voucher", Type.PHRASE, "gift card", "voucher", 10);

    private static Indicator restricted(Type type, String pattern, Set<Field> scope, List<String> examples) {
        return new Indicator(
                "lx.1",
                1,
                type,
                pattern,
                "crypto",
                30,
                scope,
                "",
                Indicator.State.LIVE,
                null,
                null,
                "test",
                examples,
                List.of(),
                true);
    }

    private static Watchlist watchlist(Indicator... indicators) {
        return Watchlists.of(Watchlists.BRANDS, List.of(indicators));
    }

    private static PageMatches find(Indicator indicator, PageText page) {
        return Matcher.compile(watchlist(indicator, VOUCHER), Watchlists.TODAY).find(page);
    }

    @Test
    void showsNothingOnEachPageOfWhatIsRestrictedInAnotherField() {
        Matcher matcher = Matcher.compile(
                watchlist(restricted(Type.PHRASE, "blue lamp", EnumSet.of(Field.LINK), List.of())), Watchlists.TODAY);

        for (int page = 0; page < 2; page++) {
            assertThat(matcher.shown(Pages.page().text("a blue lamp").build()).passages())
                    .noneMatch(passage -> passage.text().contains("lamp"));
        }
    }

    @Test
    void showsNothingOfWordsThatStandTogether() {
        Indicator together = restricted(Type.TOGETHER, "gift-card + send-us", EnumSet.of(Field.TEXT), List.of());

        PageMatches found =
                find(together, Pages.page().text("text us the gift card now").build());

        assertThat(found.matches())
                .filteredOn(match -> match.rule().equals("lx.1@1"))
                .singleElement()
                .satisfies(match -> assertThat(match.text()).isEqualTo("(not shown)"));
        assertThat(found.toString()).doesNotContainIgnoringCase("text us");
    }

    @Test
    void isFoundByItsRuleAndFieldAndNothingElse() {
        Indicator phrase = restricted(Type.PHRASE, "blue heron", EnumSet.of(Field.TEXT), List.of());

        PageMatches found = find(
                phrase,
                Pages.page()
                        .text("the Blue  Heron gift card")
                        .text("blue heron again")
                        .build());

        assertThat(found.matches())
                .filteredOn(match -> match.rule().equals("lx.1@1"))
                .singleElement()
                .satisfies(match -> {
                    assertThat(match.field()).isEqualTo(Field.TEXT);
                    assertThat(match.weight()).isEqualTo(30);
                    assertThat(match.start()).isZero();
                    assertThat(match.end()).isZero();
                    assertThat(match.text()).isEqualTo("(not shown)");
                    assertThat(match.snippet()).isEqualTo("(not shown)");
                });
        assertThat(found.toString()).doesNotContainIgnoringCase("heron");
    }

    @Test
    void isDottedOutInSnippetsOfOtherRulesAndInTheTitle() {
        Indicator regex = restricted(Type.REGEX, "blue her[a-z]+", EnumSet.of(Field.TEXT), List.of());

        PageMatches found = find(
                regex,
                new PageText(
                        Pages.page().build().url(),
                        "Gift card of the blue heron",
                        "",
                        Pages.page()
                                .with(Field.TITLE, "title", "Gift card of the blue heron")
                                .text("a gift card, blue heron")
                                .with(Field.LINK, "a", "gift card blue heron")
                                .build()
                                .passages()));

        assertThat(found.matches())
                .extracting(Match::snippet)
                .contains("a gift card, ••••••••••", "gift card ••••••••••");
        assertThat(found.title()).isEqualTo("Gift card of the ••••••••••");
        assertThat(found.toString()).doesNotContainIgnoringCase("heron");
    }

    @Test
    void isDottedOutWhereDisguised() {
        Indicator phrase = restricted(Type.PHRASE, "blue heron", EnumSet.of(Field.TEXT), List.of());

        assertThat(find(
                                phrase,
                                Pages.page()
                                        .text("gift card b\u200blue h\u00aderon")
                                        .build())
                        .toString())
                .doesNotContain("eron", "lue");
    }

    @Test
    void isNotToldAsANearMiss() {
        Indicator phrase = restricted(Type.PHRASE, "blue heron by mail", EnumSet.of(Field.TITLE), List.of());
        Watchlist watchlist = watchlist(phrase);
        PageText page = Pages.page()
                .text("blue heron by mail")
                .with(Field.TITLE, "title", "blue heron by post")
                .build();

        assertThat(new NearMisses(watchlist, Watchlists.TODAY).of(page, List.of()))
                .isEmpty();
        assertThat(Matcher.compile(watchlist, Watchlists.TODAY)
                        .shown(page)
                        .passages()
                        .toString())
                .doesNotContain("blue heron by mail")
                .contains("••••");
    }

    @Test
    void isNotQuotedByAFaultOfItsExample() {
        Indicator phrase = restricted(Type.PHRASE, "blue heron", EnumSet.of(Field.TEXT), List.of("grey heron"));

        assertThat(Matcher.exampleFaults(watchlist(phrase), Watchlists.TODAY))
                .singleElement()
                .extracting(Fault::toString)
                .asString()
                .contains("lx.1.match[0]")
                .doesNotContain("heron");
    }

    @Test
    void isNamedByItsRuleWhenPrinted() {
        Indicator phrase = restricted(Type.PHRASE, "blue heron", EnumSet.of(Field.TEXT), List.of());

        assertThat(Stream.of(phrase, watchlist(phrase)).map(Object::toString))
                .allSatisfy(text -> assertThat(text).contains("lx.1@1").doesNotContain("heron"));
    }

    @Test
    void leavesPagesWithoutItAsTheyAre() {
        Indicator phrase = restricted(Type.PHRASE, "blue heron", EnumSet.of(Field.TEXT), List.of());
        PageText page = Pages.page().text("gift card").build();

        assertThat(Matcher.compile(watchlist(phrase), Watchlists.TODAY).shown(page))
                .isSameAs(page);
    }
}
