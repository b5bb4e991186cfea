package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.Matcher;
import org.markwatch.match.Pages;
import org.markwatch.match.Watchlists;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;

/** What is written about marks, beside what a shop says of itself in nearly the same words. */
class ArticlesTest {
    private static final Indicator METHODS =
            Watchlists.indicator("acceptance.methods", Indicator.Type.PHRASE, "payment methods", "acceptance", 4);
    private static final Indicator BASKET =
            Watchlists.indicator("shop.basket", Indicator.Type.PHRASE, "add to basket", "checkout", 5);
    private static final Indicator README =
            Watchlists.indicator("context.readme", Indicator.Type.PHRASE, "readme", "documentation", -12);
    private final Matcher matcher =
            Matcher.compile(Watchlists.of(Watchlists.BRANDS, List.of(METHODS, BASKET, README)), Watchlists.TODAY);

    private boolean says(Pages page, Kind kind) {
        return matcher.match(page.build()).stream().anyMatch(match -> match.brand() != null && match.kind() == kind);
    }

    private boolean claims(Pages page) {
        return says(page, Kind.ACCEPTANCE);
    }

    /** Returns the greatest value of a feature among the claims of a page, or 0. */
    private double feature(Pages page, UseFeature feature) {
        return matcher.candidates(page.build()).values().stream()
                .flatMap(List::stream)
                .mapToDouble(candidate -> candidate.features().get(feature))
                .max()
                .orElse(0);
    }

    private static Pages shop() {
        return Pages.page().with(Field.LINK, "a", "Add to cart");
    }

    private static Pages heading(String text) {
        return Pages.page().with(Field.HEADING, "h2", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Visa and Mastercard announced an agreement with the shops which had complained that what they charge is far too much.",
                "In most shops Visa and Mastercard are accepted.",
                "The fees that shops complain of were set by Visa and Mastercard years ago, and nobody knows what they will be."
            })
    void takesARowThatASentenceIsAboutForNoListUnderATitle(String text) {
        assertThat(claims(heading("Payment options to get cheaper").text(text))).isFalse();
        assertThat(claims(heading("Payment options").text("Visa, Mastercard"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Credit cards: Visa, Mastercard, PayPal, which one to choose?",
                "Where is PayPal accepted? The list"
            })
    void takesAQuestionForNoClaim(String text) {
        assertThat(claims(Pages.page().with(Field.HEADING, "h1", text).text("Payment methods compared")))
                .isFalse();
    }

    @Test
    void takesATitleThatListsCardsForNoClaimByItself() {
        assertThat(claims(Pages.page()
                        .with(Field.TITLE, "title", "Credit cards Visa, Mastercard, PayPal")
                        .text("Payment methods compared")))
                .isFalse();
    }

    @Test
    void takesHeadingsThatTellShopkeepersToTakePaymentsForNoTill() {
        assertThat(claims(heading("Accept payments via a gateway").text("Benefits of PayPal")))
                .isFalse();
    }

    @Test
    void takesQuestionsWhyForNoQuestionsAboutWhatIsTaken() {
        Pages page = Pages.page().text("Why was my credit card declined?");

        assertThat(claims(page.text("Visa and PayPal cards can be locked by the bank.")))
                .isFalse();
    }

    @Test
    void takesATableOfBrandsForNoListOfWaysToPay() {
        assertThat(claims(table(Pages.page()))).isFalse();
        assertThat(claims(table(shop()))).isTrue();
    }

    private static Pages table(Pages page) {
        page.text("paid by card");
        for (String brand : List.of("Visa Card", "Mastercard", "PayPal")) {
            page.text(brand).text("USA");
        }
        return page;
    }

    @Test
    void takesLinksToAChapterOnIconsForNoCart() {
        Pages readme = Pages.page().text("Readme").image("src", "visa.svg").image("src", "mastercard.svg");

        assertThat(feature(readme.with(Field.LINK, "text", "Payment icons"), UseFeature.CART))
                .isZero();
        assertThat(feature(readme.image("class", "payment-icons"), UseFeature.CART))
                .isEqualTo(1);
    }

    @Test
    void takesNoPartOfANameForWordingOfPaying() {
        Brand alipay = new Brand(
                "alipay", "Alipay", List.of("支付宝"), List.of(), List.of(), List.of(), List.of(), List.of(), false);
        Matcher chinese = Matcher.compile(Watchlists.of(List.of(alipay, Watchlists.VISA), List.of()), Watchlists.TODAY);

        assertThat(chinese.match(heading("支付宝的新闻").text("支付宝, Visa").build()))
                .noneMatch(match -> match.kind() == Kind.ACCEPTANCE);
        assertThat(chinese.match(heading("支付方式").text("支付宝, Visa").build()))
                .anyMatch(match -> match.kind() == Kind.ACCEPTANCE);
    }

    @ParameterizedTest
    @CsvSource({"security@paypal.com, false", "office@shop.example, true"})
    void takesTheBrandsOwnAddressForNobodyToPayTo(String address, boolean claim) {
        assertThat(claims(Pages.page().text("Pay now").text("Or write to PayPal at " + address)))
                .isEqualTo(claim);
    }

    @Test
    void takesARefusalInRussianForOne() {
        assertThat(claims(Pages.page().text("PayPal не принимаются"))).isFalse();
        assertThat(claims(Pages.page().text("PayPal принимаются"))).isTrue();
    }

    @Test
    void takesAHostOfAHomonymForNoLookalike() {
        Indicator travel =
                Watchlists.indicator("context.travel", Indicator.Type.PHRASE, "visa application", "travel-visa", -25);
        Matcher traveller = Matcher.compile(Watchlists.of(Watchlists.BRANDS, List.of(travel)), Watchlists.TODAY);
        Pages page = Pages.at("https://visa-account.example/").text("Account");

        assertThat(traveller.match(page.build())).anyMatch(match -> match.kind() == Kind.LOOKALIKE_HOST);
        page.with(Field.META, "keywords", "visa application").text("Your visa application");
        assertThat(traveller.match(page.build())).anyMatch(match -> match.kind() == Kind.LOOKALIKE_HOST);
        assertThat(traveller.match(page.text("A visa application takes a week").build()))
                .noneMatch(match -> match.kind() == Kind.LOOKALIKE_HOST);
    }

    /** Words that a shop and a guide use alike. */
    /** What one headline that names the brand weighs: four count as all. */
    private static final double ONE_HEADLINE = 1 / 4.0;

    private static final String SAID =
            "For 25 EUR a year you can pay with PayPal, and the payment is processed by PayPal.";

    private static final String PARAGRAPH =
            SAID + " It has been so for years, and there is not much that has changed since then.";

    private static Pages titled(String title) {
        return Pages.page().with(Field.TITLE, "title", title);
    }

    @Test
    void acceptsAPlainClaimBelowATitleThatNamesTheBrand() {
        assertThat(claims(titled("Our yearbook and PayPal").text("We accept PayPal.")))
                .isTrue();
    }

    @Test
    void acceptsWhatTheSpeakerTakesBelowAHeadingOfTheBrand() {
        Pages page = titled("Our prices").with(Field.HEADING, "h2", "PayPal").text("We accept PayPal.");

        assertThat(claims(page)).isTrue();
    }

    @Test
    void countsHeadingsThatNameABrandByTheirShare() {
        Pages page = titled("Our yearbook")
                .with(Field.HEADING, "h2", "Pictures")
                .with(Field.HEADING, "h2", "Dates")
                .with(Field.HEADING, "h2", "PayPal")
                .with(Field.HEADING, "h2", "We accept Mastercard")
                .text(SAID);

        assertThat(feature(page, UseFeature.HEADINGS_NAME_BRANDS)).isEqualTo(0.2);
        assertThat(claims(page)).isTrue();
    }

    @Test
    void acceptsWhatAShopSaysBelowATitleThatNamesTheBrand() {
        Pages shop = shop().with(Field.TITLE, "title", "How PayPal works").text(PARAGRAPH);

        assertThat(feature(shop, UseFeature.BRAND_IN_HEADLINE)).isEqualTo(ONE_HEADLINE);
        assertThat(claims(shop)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Payment methods, 1", "Which of all the payment methods are the best ones for you and me, 0"})
    void takesAPageThatIsCalledAfterPaymentForOneOfPaying(String headline, double value) {
        Pages page = titled(headline).text(PARAGRAPH);

        assertThat(feature(page, UseFeature.PAYMENT_TITLE)).isEqualTo(value);
        assertThat(claims(page)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"button", "submit"})
    void acceptsAButtonToPayWithABrandOnAPageAboutIt(String element) {
        Pages page = Pages.page()
                .with(Field.TITLE, "title", "PayPal payment")
                .with(Field.HEADING, "h2", "PayPal for the call")
                .text("PayPal")
                .text("By PayPal")
                .with(Field.LINK, element, "Pay with PayPal");

        assertThat(claims(page)).isTrue();
    }

    @Test
    void takesWhatIsSoInMostPlacesForNoClaimOnEitherSide() {
        assertThat(claims(Pages.page().text("Add to basket").text("PayPal est accepté dans la plupart des hôtels.")))
                .isFalse();
    }

    private static Pages row(String... files) {
        Pages page = Pages.page().text("Add to basket").text("Those we work for");
        for (String file : files) {
            page.image("src", file);
        }
        return page;
    }

    private static Pages offer(Pages page, String name, String fee) {
        return page.image("src", "/logos/" + name + ".png")
                .with(Field.HEADING, "h3", name)
                .text("Fee")
                .text(fee)
                .text("Speed")
                .text("Next day");
    }

    @Test
    void takesMarksThatHaveEachATextOfTheirOwnForCompared() {
        Pages compared = Pages.page().text("Add to basket costs $3");
        offer(compared, "paypal", "$4.50");
        offer(compared, "mastercard", "$5.00");
        assertThat(claims(compared)).isFalse();

        Pages quoted = Pages.page()
                .image("src", "/img/paypal.svg")
                .text("“We are glad to help those who sell, and those who buy from them, to trust each other.”")
                .image("src", "/img/mastercard.svg")
                .text("“Trust is what commerce lives on.”");
        assertThat(claims(quoted)).isFalse();
        assertThat(claims(Pages.page()
                        .image("src", "/img/paypal.svg")
                        .text("PayPal")
                        .image("src", "/img/mastercard.svg")
                        .text("Mastercard")))
                .as("a row with captions")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "We accept PayPal, true",
        "'Aceptamos PayPal', true",
        "'We accept: PayPal was impossible to use here', false"
    })
    void takesWhatWasImpossibleForARefusal(String text, boolean claim) {
        assertThat(claims(Pages.page().text("Add to basket").text(text))).isEqualTo(claim);
    }

    private static Pages labelled(String above, String below) {
        return Pages.page()
                .text(above)
                .image("src", "/img/paypal.svg")
                .image("src", "/img/mastercard.svg")
                .text(below);
    }

    @Test
    void takesMarksInALegendForNoWaysToPay() {
        Pages legend = Pages.page();
        Pages row = Pages.page();
        for (String brand : List.of("paypal", "mastercard")) {
            legend.image("src", "/icons/" + brand + ".svg").text(brand + " 58 %");
            row.image("src", "/icons/" + brand + ".svg").text(brand);
        }
        assertThat(claims(legend)).isFalse();
        assertThat(claims(row)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "PayPal or Mastercard: which one is better?, true",
        "Pay by PayPal or Mastercard, true",
        "Is it the better one?, false"
    })
    void countsABrandInTheFirstHeadingAgainstItsMark(String headline, boolean counts) {
        Pages page = Pages.page()
                .with(Field.HEADING, "h1", headline)
                .image("src", "/img/paypal-logo.svg")
                .image("src", "/img/mastercard-logo.svg");

        assertThat(feature(page, UseFeature.BRAND_IN_HEADLINE)).isEqualTo(counts ? ONE_HEADLINE : 0);
    }

    @ParameterizedTest
    @CsvSource({"PayPal, true", "PayPal logo, true", "PayPal settings of the administrator, false"})
    void takesAPictureThatItsCaptionCallsSomethingElseForNoMarkBesideAPrice(String caption, boolean claim) {
        Pages tour = Pages.page()
                .text("The script: $19")
                .image("src", "/tour/paypal.png")
                .image("alt", caption);
        assertThat(claims(tour)).isEqualTo(claim);
    }

    private static Pages files(String... files) {
        Pages page = Pages.page().text("The plan: $19");
        for (String file : files) {
            page.image("src", file).text("Name");
        }
        return page;
    }

    @ParameterizedTest
    @CsvSource({"-$124.00, false", "XXXX XXXX XXXX 9704, false", "Imprint, true"})
    void takesAMarkInALedgerOrBesideANumberForSomebodysOwn(String figure, boolean claim) {
        assertThat(claims(Pages.page()
                        .text("The plan: $19")
                        .image("src", "/a/paypal.svg")
                        .image("class", "me-3")
                        .image("alt", "PayPal")
                        .text(figure)))
                .isEqualTo(claim);
    }

    @ParameterizedTest
    @CsvSource({"Payment gateways, false", "Payment methods, true"})
    void takesALabelOfGatewaysForSoftware(String label, boolean claim) {
        assertThat(claims(Pages.page().with(Field.HEADING, "h2", label).image("src", "/img/paypal.png")))
                .isEqualTo(claim);
    }

    @ParameterizedTest
    @CsvSource({"Balance: $1240.50, false", "Expires Dec 2024, false", "About us, true"})
    void takesAMarkWithAnAmountOrADateOfItsOwnForNothingToPayWith(String text, boolean claim) {
        assertThat(claims(Pages.page()
                        .text("The plan: $19")
                        .image("src", "/a/paypal.svg")
                        .text(text)))
                .isEqualTo(claim);
    }

    @Test
    void takesMarksUnderHeadingsOfTheirOwnForNoRow() {
        assertThat(claims(Pages.page()
                        .image("src", "/a/paypal.png")
                        .with(Field.HEADING, "h3", "PayPal portal")
                        .image("src", "/a/mastercard.png")
                        .with(Field.HEADING, "h3", "Mastercard portal")))
                .isFalse();
    }
}
