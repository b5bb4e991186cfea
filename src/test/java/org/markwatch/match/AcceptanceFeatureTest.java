package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.markwatch.watchlist.EvidenceTable;
import org.markwatch.watchlist.EvidenceTables;
import org.markwatch.watchlist.Field;

/** Each feature on a small page that has it, and on one that nearly has it. */
class AcceptanceFeatureTest {
    private static final int LEAST_PAGES = 30;
    private static final int LEAST_SETS = 3;
    private static final String PROSE = "The lamps of this year are smaller than those of the year before them. ";

    private static final Matcher MATCHER =
            Matcher.compile(Watchlists.of(Watchlists.BRANDS, List.of()), Watchlists.TODAY);

    /**
     * @param brand   brand whose claims are looked at; both pages have one
     * @param page    has the feature
     * @param nearly  does not have it
     * @param lacking what the second page lacks
     */
    record Case(AcceptanceFeature feature, String brand, Pages page, Pages nearly, String lacking) {
        @Override
        public String toString() {
            return feature + ": " + lacking;
        }
    }

    /** A case of the claim: pages with one text each. */
    private static Case said(AcceptanceFeature feature, String text, String nearly, String lacking) {
        return new Case(feature, "paypal", Pages.page().text(text), Pages.page().text(nearly), lacking);
    }

    /** A case of the page: both pages also accept PayPal in a text. */
    private static Case beside(
            AcceptanceFeature feature, UnaryOperator<Pages> page, UnaryOperator<Pages> nearly, String lacking) {
        return new Case(feature, "paypal", page.apply(claiming()), nearly.apply(claiming()), lacking);
    }

    private static Pages claiming() {
        return Pages.page().text("We accept PayPal");
    }

    private static Pages images(Pages page, int number) {
        for (int i = 0; i < number; i++) {
            page.image("src", "lamp-" + i + ".jpg");
        }
        return page;
    }

    static Stream<Case> cases() {
        return Stream.concat(casesOfClaims(), casesOfPages());
    }

    private static Stream<Case> casesOfClaims() {
        return Stream.of(
                said(
                        AcceptanceFeature.OWN_WORDING,
                        "We accept PayPal",
                        "Pay with PayPal",
                        "the owner, who says it of the page"),
                said(
                        AcceptanceFeature.SURE_WORDING,
                        "Payment can be made by PayPal",
                        "Payment by PayPal",
                        "wording that means nothing else"),
                beside(
                        AcceptanceFeature.STRUCTURED_DATA,
                        page -> page.with(Field.JSON_LD, "paymentAccepted", "PayPal"),
                        page -> page.with(Field.JSON_LD, "name", "PayPal"),
                        "a property of payment"),
                beside(
                        AcceptanceFeature.MARKS,
                        page -> page.image("src", "payment/paypal.svg"),
                        page -> page.image("alt", "PayPal of Lampy"),
                        "that nothing else is in the caption"),
                new Case(
                        AcceptanceFeature.CLAUSE,
                        "paypal",
                        Pages.page().text("Lamps for 5.00 EUR").text("Reserve your lamp per PayPal"),
                        Pages.page().text("Lamps for 5.00 EUR").text("We accept PayPal"),
                        "that no known wording says it"),
                new Case(
                        AcceptanceFeature.LIST,
                        "paypal",
                        Pages.page().text("Lamps for 5.00 EUR").text("PayPal, Master Card, American Express"),
                        Pages.page().text("Lamps for 5.00 EUR").text("We accept PayPal"),
                        "a list"),
                said(
                        AcceptanceFeature.OTHER_WAY_TO_PAY,
                        "We accept PayPal or cash",
                        "We accept PayPal or cats",
                        "the other way to pay"),
                said(
                        AcceptanceFeature.ROW_OF_NAMES,
                        "We accept PayPal, Master Card",
                        "We accept PayPal if you are a guest, and if not, Master Card",
                        "that the names are beside each other"),
                said(
                        AcceptanceFeature.MOSTLY_NAMES,
                        "We accept PayPal",
                        "In this shop we accept PayPal today",
                        "a short text"),
                said(
                        AcceptanceFeature.ADDRESSES_READER,
                        "Please note that we accept PayPal",
                        "Please note this. We accept PayPal",
                        "the same clause"),
                said(
                        AcceptanceFeature.LONG_TEXT,
                        PROSE + "In this shop we accept PayPal.",
                        "In this shop we accept PayPal.",
                        "a hundred characters"),
                said(
                        AcceptanceFeature.REPORTED,
                        "Can I hear you say: we accept PayPal?",
                        "Can I hear you say it? We accept PayPal.",
                        "that the claim is asked"),
                new Case(
                        AcceptanceFeature.REPORTED,
                        "paypal",
                        Pages.page().text("Lamps for 5.00 EUR").text("The sign says \"we accept PayPal\" now"),
                        Pages.page().text("Lamps for 5.00 EUR").text("The \"sign\" says we accept PayPal now"),
                        "that the claim is quoted"),
                said(
                        AcceptanceFeature.REPORTED,
                        "We accept PayPal, he said",
                        "We accept PayPal. He said so.",
                        "that the clause is of others"),
                new Case(
                        AcceptanceFeature.REPORTED,
                        "paypal",
                        Pages.page().with(Field.TEXT, "pre", "We accept PayPal"),
                        Pages.page().with(Field.TEXT, "p", "We accept PayPal"),
                        "that the text is code"),
                new Case(
                        AcceptanceFeature.BESIDE_A_MARK,
                        "paypal",
                        Pages.page().image("src", "payment/paypal.svg").image("src", "payment/master-card.svg"),
                        Pages.page().image("src", "payment/paypal.svg").image("src", "payment/paypal-2.svg"),
                        "another brand"),
                new Case(
                        AcceptanceFeature.ICON_CLASS,
                        "paypal",
                        Pages.page().text("We accept cards").image("class", "fa-cc-paypal"),
                        Pages.page().text("We accept cards").image("src", "payment/paypal.svg"),
                        "that it is a class"));
    }

    private static Stream<Case> casesOfPages() {
        return Stream.of(
                beside(
                        AcceptanceFeature.CART,
                        page -> page.with(Field.LINK, "button", "Add to cart"),
                        page -> page.text("Add to cart"),
                        "a link or button"),
                beside(
                        AcceptanceFeature.CART,
                        page -> page.with(Field.FORM, "autocomplete", "cc-number"),
                        page -> page.with(Field.FORM, "autocomplete", "cc-number")
                                .with(Field.FORM, "type", "password"),
                        "that no password is asked for"),
                beside(
                        AcceptanceFeature.PRICE,
                        page -> page.text("Lamps for 5.00 EUR"),
                        page -> page.text("Lamps of 5.00 m"),
                        "an amount"),
                beside(
                        AcceptanceFeature.TERMS_OF_SALE,
                        page -> page.with(Field.HEADING, "h1", "Terms of sale"),
                        page -> page.with(Field.HEADING, "h2", "Terms of sale"),
                        "a headline"),
                beside(
                        AcceptanceFeature.ORDER_TITLE,
                        page -> page.with(Field.HEADING, "h1", "How to order"),
                        page -> page.hidden(Field.HEADING, "h1", "How to order"),
                        "that visitors see it"),
                beside(
                        AcceptanceFeature.PAYMENT_TITLE,
                        page -> page.with(Field.HEADING, "h2", "Payment methods"),
                        page -> page.text("Payment methods"),
                        "a heading"),
                beside(
                        AcceptanceFeature.BRAND_IN_HEADLINE,
                        page -> page.with(Field.TITLE, "title", "Lampy - PayPal"),
                        page -> page.with(Field.TITLE, "title", "Lampy - Master Card"),
                        "the same brand"),
                beside(
                        AcceptanceFeature.HEADINGS_NAME_BRANDS,
                        page -> page.with(Field.HEADING, "h3", "PayPal"),
                        page -> page.with(Field.HEADING, "h3", "We accept PayPal"),
                        "that the heading claims nothing"),
                beside(
                        AcceptanceFeature.ARTICLE_SHARE,
                        page -> page.with(Field.META, "article:published_time", "2026-01-01")
                                .text(PROSE.repeat(3)),
                        page -> page.text(PROSE.repeat(3)),
                        "a context"),
                beside(
                        AcceptanceFeature.ARTICLE_SHARE,
                        page -> page.with(Field.TEXT, "pre", "lamp = 5"),
                        page -> page.text("lamp = 5"),
                        "code"),
                beside(
                        AcceptanceFeature.MANY_IMAGES,
                        page -> images(page, 21),
                        page -> images(page, 20),
                        "one more picture than any page may have"));
    }

    private static List<Map<AcceptanceFeature, Double>> claims(Pages page, String brand) {
        return MATCHER.claims(page.build()).getOrDefault(brand, List.of());
    }

    private static boolean has(Pages page, String brand, AcceptanceFeature feature) {
        return claims(page, brand).stream().anyMatch(claim -> claim.containsKey(feature));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isFoundWhereItIsAndOnlyThere(Case one) {
        assertThat(has(one.page(), one.brand(), one.feature())).isTrue();
        assertThat(claims(one.nearly(), one.brand())).isNotEmpty();
        assertThat(has(one.nearly(), one.brand(), one.feature()))
                .as("lacks " + one.lacking())
                .isFalse();
    }

    @Test
    void hasAPageForEachFeature() {
        EnumSet<AcceptanceFeature> shown = EnumSet.noneOf(AcceptanceFeature.class);
        cases().forEach(one -> shown.add(one.feature()));

        assertThat(EnumSet.complementOf(shown)).isEmpty();
    }

    @Test
    void measuresTheShareOfAnArticleInTheVisibleText() {
        Pages half = claiming()
                .with(Field.TEXT, "pre", "x".repeat(400))
                .text("y".repeat(400 - "We accept PayPal".length()))
                .hidden("z".repeat(4_000));

        assertThat(value(half, AcceptanceFeature.ARTICLE_SHARE)).isCloseTo(0.5, within(0.001));
    }

    @Test
    void measuresTheShareOfHeadingsThatNameBrands() {
        Pages few = claiming().with(Field.HEADING, "h3", "PayPal");
        Pages many = claiming().with(Field.HEADING, "h3", "PayPal");
        for (int i = 0; i < 9; i++) {
            many.with(Field.HEADING, "h3", "Lamps of kind " + i);
        }

        assertThat(value(few, AcceptanceFeature.HEADINGS_NAME_BRANDS))
                .as("one of five at least")
                .isCloseTo(0.2, within(0.001));
        assertThat(value(many, AcceptanceFeature.HEADINGS_NAME_BRANDS)).isCloseTo(0.1, within(0.001));
    }

    @Test
    void measuresPicturesAsAShareOfAGallery() {
        assertThat(value(images(claiming(), 60), AcceptanceFeature.MANY_IMAGES)).isCloseTo(0.5, within(0.001));
        assertThat(value(images(claiming(), 600), AcceptanceFeature.MANY_IMAGES))
                .isEqualTo(1);
    }

    private static double value(Pages page, AcceptanceFeature feature) {
        return claims(page, "paypal").getFirst().getOrDefault(feature, 0.0);
    }

    // ---- the built-in table

    @Test
    void isInTheBuiltInTableInTheSameOrder() {
        assertThat(EvidenceTables.builtIn().acceptance().features().keySet())
                .containsExactlyElementsOf(Arrays.stream(AcceptanceFeature.values())
                        .map(AcceptanceFeature::id)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void hasASentenceAndPointsOfItsDirectionWithEnoughPages(AcceptanceFeature feature) {
        EvidenceTable.Feature row = EvidenceTables.builtIn().acceptance().feature(feature.id());

        assertThat(row.sentence()).isNotBlank();
        switch (feature.direction()) {
            case FOR -> assertThat(row.points()).isNotNegative();
            case AGAINST, AGAINST_PAGE -> assertThat(row.points()).isNotPositive();
            case EITHER -> {}
        }
        if (row.points() != 0) {
            assertThat(row.pages()).isGreaterThanOrEqualTo(LEAST_PAGES);
            assertThat(row.sets()).isGreaterThanOrEqualTo(LEAST_SETS);
        }
    }
}
