package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.match.Matcher;
import org.markwatch.match.Pages;
import org.markwatch.match.Watchlists;
import org.markwatch.watchlist.EvidenceTable;
import org.markwatch.watchlist.EvidenceTables;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;

/** Each feature on a small page that has it, and on one that nearly has it. */
class UseFeatureTest {
    private static final int LEAST_PAGES = 30;
    private static final int LEAST_SETS = 3;
    private static final String PROSE = "The lamps of this year are smaller than those of the year before them. ";

    private static final Matcher MATCHER =
            Matcher.compile(Watchlists.of(Watchlists.BRANDS, List.of()), Watchlists.TODAY);

    /**
     * @param brand   brand whose candidates are looked at; both pages have one
     * @param page    has the feature
     * @param nearly  does not have it
     * @param lacking what the second page lacks
     */
    record Case(UseFeature feature, String brand, Pages page, Pages nearly, String lacking) {
        @Override
        public String toString() {
            return feature + ": " + lacking;
        }
    }

    /** A case of the clause: pages with one text each. */
    private static Case said(UseFeature feature, String text, String nearly, String lacking) {
        return new Case(feature, "paypal", Pages.page().text(text), Pages.page().text(nearly), lacking);
    }

    /** A case of an ambiguous name: pages with one text each. */
    private static Case word(UseFeature feature, String text, String nearly, String lacking) {
        return new Case(feature, "visa", Pages.page().text(text), Pages.page().text(nearly), lacking);
    }

    /** A case of the page: both pages also accept PayPal in a text. */
    private static Case beside(
            UseFeature feature, UnaryOperator<Pages> page, UnaryOperator<Pages> nearly, String lacking) {
        return new Case(feature, "paypal", page.apply(claiming()), nearly.apply(claiming()), lacking);
    }

    /** A case of a mark: both pages draw PayPal. */
    private static Case drawn(UseFeature feature, Pages page, Pages nearly, String lacking) {
        return new Case(feature, "paypal", page, nearly, lacking);
    }

    private static Pages claiming() {
        return Pages.page().text("We accept PayPal");
    }

    private static Pages mark() {
        return Pages.page().image("src", "img/paypal.svg");
    }

    static Stream<Case> cases() {
        return Stream.of(casesOfClauses(), casesOfWords(), casesOfMarks(), casesOfPages())
                .flatMap(all -> all);
    }

    private static Stream<Case> casesOfClauses() {
        return Stream.of(
                said(UseFeature.OWN_WORDING, "We accept PayPal", "Pay with PayPal", "the owner, who says it"),
                new Case(
                        UseFeature.OWN_WORDING,
                        "paypal",
                        Pages.page().with(Field.LINK, "button", "Pay with PayPal"),
                        Pages.page().with(Field.LINK, "a", "Pay with PayPal"),
                        "a button"),
                said(
                        UseFeature.SURE_WORDING,
                        "Payment can be made by PayPal",
                        "Payment by PayPal",
                        "wording that means nothing else"),
                said(UseFeature.SURE_WORDING, "PayPal to lamps@store.example", "PayPal at store.example", "an address"),
                said(UseFeature.SURE_WORDING, "5.00 EUR via PayPal", "5.00 m via PayPal", "an amount"),
                said(UseFeature.VAGUE_WORDING, "Pay with PayPal", "Play with PayPal", "paying"),
                said(UseFeature.VAGUE_WORDING, "PayPal accepted", "PayPal excepted", "accepting"),
                said(UseFeature.VAGUE_WORDING, "Donate – PayPal", "Danube – PayPal", "giving"),
                said(
                        UseFeature.LABELLED,
                        "Payment: cash, PayPal",
                        "Payment. Cash, PayPal",
                        "the sign that makes it a label"),
                said(UseFeature.PAY_BY, "Settle the rest via PayPal", "Settle the rest. Via PayPal", "the same clause"),
                said(UseFeature.PAYING_CLAUSE, "To pay, open PayPal", "To play, open PayPal", "paying"),
                said(
                        UseFeature.CARDS_NAMED,
                        "Credit cards: PayPal and Master Card",
                        "Credit cards are old: PayPal and Master Card",
                        "that nothing stands between"),
                said(UseFeature.ORDER, "PayPal on delivery", "PayPal on Delft", "delivery"),
                said(
                        UseFeature.ADDRESSES_READER,
                        "Please note that we accept PayPal",
                        "Please note this. We accept PayPal",
                        "the same clause"),
                said(UseFeature.OTHER_WAY_IN_ROW, "PayPal or cash", "PayPal. Cash", "a conjunction"),
                said(UseFeature.OTHER_WAY_IN_TEXT, "PayPal. Cash", "PayPal. Cats", "the other way to pay"),
                new Case(
                        UseFeature.OTHER_WAY_NEAR,
                        "paypal",
                        Pages.page().text("PayPal").text("Bank transfer"),
                        Pages.page()
                                .text("PayPal")
                                .text("Lamps by bank transfer are what this long text tells of, and no more."),
                        "a short text"),
                said(
                        UseFeature.ROW_OF_NAMES,
                        "We accept PayPal, Master Card",
                        "We accept PayPal if you are a guest and if you are none then also Master Card",
                        "that the names are beside each other"),
                new Case(
                        UseFeature.ROW_OF_NAMES,
                        "paypal",
                        Pages.page().text("PayPal").text("Master Card"),
                        Pages.page().text("PayPal").text("A lamp for Master Card, and another"),
                        "that the next entry is a name"),
                said(
                        UseFeature.LONG_ROW,
                        "PayPal, Master Card, American Express",
                        "PayPal, Master Card, American",
                        "the third brand"),
                said(
                        UseFeature.MOSTLY_NAMES,
                        "We accept PayPal",
                        "In this shop we accept PayPal today",
                        "a short text"),
                said(UseFeature.ONLY_NAMES, "or PayPal", "We accept PayPal", "that it is all"),
                new Case(
                        UseFeature.LABEL_PAYS,
                        "paypal",
                        Pages.page().with(Field.HEADING, "h3", "Payment").text("PayPal"),
                        Pages.page().with(Field.HEADING, "h3", "Pavement").text("PayPal"),
                        "paying"),
                said(UseFeature.LABEL_PAYS, "Payment: PayPal", "Payment PayPal", "a colon"),
                new Case(
                        UseFeature.LABEL_PAYS,
                        "paypal",
                        Pages.page()
                                .text("Which cards can I use in your shop when I come by on a Saturday morning?")
                                .text("PayPal and others"),
                        Pages.page()
                                .text("Which cards can I use in your shop when I come by on a Saturday morning.")
                                .text("PayPal and others"),
                        "a question"),
                new Case(
                        UseFeature.STRUCTURED_DATA,
                        "paypal",
                        Pages.page().with(Field.JSON_LD, "paymentAccepted", "PayPal"),
                        Pages.page().with(Field.JSON_LD, "description", "PayPal"),
                        "that it is accepted"),
                new Case(
                        UseFeature.FORM_CHOICE,
                        "paypal",
                        Pages.page().with(Field.FORM, "value", "paypal"),
                        Pages.page().text("paypal"),
                        "a form"),
                new Case(
                        UseFeature.HEADLINE,
                        "paypal",
                        Pages.page().with(Field.HEADING, "h1", "PayPal"),
                        Pages.page().with(Field.HEADING, "h2", "PayPal"),
                        "the first rank"),
                new Case(
                        UseFeature.HEADING,
                        "paypal",
                        Pages.page().with(Field.HEADING, "h2", "PayPal"),
                        Pages.page().with(Field.HEADING, "h1", "PayPal"),
                        "a lesser rank"),
                new Case(
                        UseFeature.METADATA,
                        "paypal",
                        Pages.page().with(Field.META, "description", "We accept PayPal"),
                        Pages.page().text("We accept PayPal"),
                        "metadata"),
                new Case(
                        UseFeature.LINK,
                        "paypal",
                        Pages.page().with(Field.LINK, "a", "PayPal"),
                        Pages.page().text("PayPal"),
                        "a link"),
                said(
                        UseFeature.LONG_TEXT,
                        PROSE + "In this shop we accept PayPal.",
                        "In this shop we accept PayPal.",
                        "a hundred characters"),
                said(UseFeature.ASKED, "Do we take PayPal?", "Do we? We take PayPal", "the same sentence"),
                said(
                        UseFeature.TOLD_OF_OTHERS,
                        "The sign says \"we accept PayPal\" now",
                        "The \"sign\" says we accept PayPal now",
                        "that the claim is quoted"),
                said(
                        UseFeature.QUOTED,
                        "The sign says \"we accept PayPal\" now",
                        "Now: \"we accept PayPal\"",
                        "that more is said around it"),
                said(
                        UseFeature.BESIDE_A_QUOTATION,
                        "The sign says \"open late\", and we accept PayPal",
                        "The sign says 5\" or more, and we accept PayPal",
                        "that something is quoted"),
                said(
                        UseFeature.VAGUE_IN_PARAGRAPH,
                        PROSE + "In this shop people pay by PayPal.",
                        PROSE + "In this shop we accept PayPal.",
                        "that nothing plainer is said"),
                new Case(
                        UseFeature.FIGURES_BESIDE,
                        "paypal",
                        Pages.page().text("PayPal").text("4 days").text("Master Card"),
                        Pages.page().text("PayPal").text("four days").text("Master Card"),
                        "a figure"),
                said(
                        UseFeature.TOLD_OF_OTHERS,
                        "In most shops you can pay with PayPal",
                        "Most shops do. You can pay with PayPal",
                        "the same sentence"),
                new Case(
                        UseFeature.TOLD_OF_OTHERS,
                        "paypal",
                        Pages.page().with(Field.TEXT, "pre", "We.accept(\"PayPal\");"),
                        Pages.page().with(Field.TEXT, "pre", "We accept PayPal"),
                        "that the text is code"),
                said(UseFeature.TOLD_OF_OTHERS, "PayPal •1253", "PayPal 12539", "the end of a number"),
                said(UseFeature.PAST, "They paid us with PayPal", "Pay us with PayPal", "the past"),
                said(UseFeature.PAST, "PayPal 19 %", "PayPal 19 of 100", "a share"),
                said(
                        UseFeature.SPOKEN_OF,
                        "PayPal said on Monday that fewer of its shares were sold this year than in any of the years before it.",
                        "We think that PayPal said on Monday that fewer shares were sold this year than in the years before it.",
                        "that the name begins the sentence"));
    }

    private static Stream<Case> casesOfWords() {
        return Stream.of(
                word(UseFeature.AMBIGUOUS, "Visa", "Visa, Master Card", "that no other brand is beside it"),
                word(UseFeature.LOWER_CASE, "pay by visa", "pay by Visa", "a small letter"),
                word(UseFeature.COMMON_WORD, "Visa offices", "Visa card", "a word that follows no brand"));
    }

    private static Stream<Case> casesOfMarks() {
        return Stream.of(
                new Case(
                        UseFeature.MARK,
                        "mastercard",
                        Pages.page().image("src", "img/master-card.svg"),
                        Pages.page().image("src", "img/mc.svg"),
                        "the whole name"),
                new Case(
                        UseFeature.MARK_MAIN_NAME,
                        "visa",
                        Pages.page().image("src", "img/visa.svg"),
                        Pages.page().image("src", "payment/visa.svg"),
                        "that nothing else vouches for it"),
                new Case(
                        UseFeature.MARK_ABBREVIATION,
                        "mastercard",
                        Pages.page().image("src", "img/mc.svg"),
                        Pages.page().image("src", "img/master-card.svg"),
                        "an abbreviation"),
                drawn(UseFeature.MARK_OF_PAYING, Pages.page().image("src", "payment/paypal.svg"), mark(), "paying"),
                drawn(UseFeature.NOT_OFFERED, mark().text("58 %"), mark().text("58 lamps"), "a figure"),
                drawn(
                        UseFeature.NOT_OFFERED,
                        Pages.page().text("Our partners").image("src", "img/paypal.svg"),
                        Pages.page().text("Our lamps").image("src", "img/paypal.svg"),
                        "the label of firms"),
                drawn(
                        UseFeature.NOT_OFFERED,
                        Pages.page().text("Our partners").image("src", "img/paypal.svg"),
                        Pages.page()
                                .with(Field.SCRIPT_DATA, "title", "Our partners")
                                .image("src", "img/paypal.svg"),
                        "a label that visitors see"),
                drawn(
                        UseFeature.NOT_OFFERED,
                        Pages.page().image("class", "fa-paypal").text("fa-paypal"),
                        Pages.page().image("class", "fa-paypal").text("PayPal"),
                        "that the class is written out"),
                drawn(
                        UseFeature.NOT_OFFERED,
                        mark().image("alt", "PayPal")
                                .image("src", "img/lampy.svg")
                                .image("alt", "Lampy Limited"),
                        mark().image("alt", "PayPal")
                                .image("src", "img/lampy.svg")
                                .image("alt", "Logo"),
                        "the name of another firm"),
                drawn(
                        UseFeature.BESIDE_A_MARK,
                        mark().image("src", "img/master-card.svg"),
                        mark().image("src", "img/paypal-2.svg"),
                        "another brand"),
                drawn(
                        UseFeature.BESIDE_MARKS,
                        mark().image("src", "img/master-card.svg").image("src", "img/american-express.svg"),
                        mark().image("src", "img/master-card.svg"),
                        "the third brand"),
                drawn(
                        UseFeature.BESIDE_OTHER_MARK,
                        mark().image("src", "img/klarna.svg"),
                        mark().image("src", "img/lampy.svg"),
                        "the mark of a payment method"),
                drawn(
                        UseFeature.PAYMENT_BOX,
                        Pages.page().image("class", "payment-icons").image("src", "img/paypal.svg"),
                        Pages.page()
                                .image("class", "payment-icons")
                                .with(Field.HEADING, "h2", "Lamps")
                                .image("src", "img/paypal.svg"),
                        "that nothing parts it from the box"),
                drawn(UseFeature.ICON_CLASS, Pages.page().image("class", "fa-paypal"), mark(), "a class"),
                drawn(UseFeature.CAPTION, Pages.page().image("alt", "PayPal"), mark(), "a caption"),
                new Case(
                        UseFeature.LABELLED_OTHERWISE,
                        "visa",
                        Pages.page().image("src", "img/visa.svg").text("Visa offices"),
                        Pages.page().image("src", "img/visa.svg").text("Visa card"),
                        "a word that follows no brand"));
    }

    private static Stream<Case> casesOfPages() {
        return Stream.of(
                beside(
                        UseFeature.CART,
                        page -> page.with(Field.LINK, "button", "Add to cart"),
                        page -> page.text("Add to cart"),
                        "a link or button"),
                beside(
                        UseFeature.CART,
                        page -> page.with(Field.FORM, "autocomplete", "cc-number"),
                        page -> page.with(Field.FORM, "autocomplete", "cc-number")
                                .with(Field.FORM, "type", "password"),
                        "that no password is asked for"),
                beside(
                        UseFeature.PRICE,
                        page -> page.text("Lamps for 5.00 EUR"),
                        page -> page.text("Lamps of 5.00 m"),
                        "an amount"),
                beside(
                        UseFeature.TERMS_OF_SALE,
                        page -> page.with(Field.HEADING, "h1", "Terms of sale"),
                        page -> page.with(Field.HEADING, "h2", "Terms of sale"),
                        "a headline"),
                beside(
                        UseFeature.ORDER_TITLE,
                        page -> page.with(Field.HEADING, "h1", "How to order"),
                        page -> page.hidden(Field.HEADING, "h1", "How to order"),
                        "that visitors see it"),
                beside(
                        UseFeature.PAYMENT_TITLE,
                        page -> page.with(Field.HEADING, "h2", "Payment methods"),
                        page -> page.text("Payment methods"),
                        "a heading"),
                beside(
                        UseFeature.BRAND_IN_HEADLINE,
                        page -> page.with(Field.TITLE, "title", "Lampy - PayPal"),
                        page -> page.with(Field.TITLE, "title", "Lampy - Master Card"),
                        "the same brand"),
                beside(
                        UseFeature.HEADINGS_NAME_BRANDS,
                        page -> page.with(Field.HEADING, "h3", "PayPal"),
                        page -> page.with(Field.HEADING, "h3", "We accept PayPal"),
                        "that the heading claims nothing"),
                beside(
                        UseFeature.MERCHANT_SHARE,
                        page -> page.text("Lamps that fit your business"),
                        page -> page.text("Lamps that fit our business"),
                        "that it speaks to a merchant"),
                beside(
                        UseFeature.MENTIONS,
                        page -> page.text("The lamps of PayPal are blue"),
                        page -> page.with(Field.HEADING, "h3", "The lamps of PayPal are blue"),
                        "that it is no heading"),
                beside(
                        UseFeature.ARTICLE_SHARE,
                        page -> page.with(Field.META, "article:published_time", "2026-01-01")
                                .text(PROSE.repeat(3)),
                        page -> page.text(PROSE.repeat(3)),
                        "a context"),
                beside(
                        UseFeature.ARTICLE_SHARE,
                        page -> page.with(Field.TEXT, "pre", "lamp = 5"),
                        page -> page.text("lamp = 5"),
                        "code"),
                beside(
                        UseFeature.PRICE_TAG,
                        page -> page.text("Lamps for 5.00 EUR"),
                        page -> page.text(PROSE + "Lamps for 5.00 EUR."),
                        "a short text"),
                beside(
                        UseFeature.SPEAKS_OF_PAYING,
                        page -> page.text("Payment"),
                        page -> page.hidden("Payment"),
                        "that visitors see it"),
                beside(
                        UseFeature.HEADINGS_SPEAK_OF_CARDS,
                        page -> page.with(Field.HEADING, "h3", "Debit cards"),
                        page -> page.text("Debit cards"),
                        "a heading"),
                beside(
                        UseFeature.SPEAKS_OF_CARDS,
                        page -> page.text("Debit cards"),
                        page -> page.hidden("Debit cards"),
                        "that visitors see it"),
                beside(
                        UseFeature.QUOTES,
                        page -> page.text("Lamps are “blue, not green” here"),
                        page -> page.text("Lamps are “blue” here"),
                        "more than a word"),
                beside(
                        UseFeature.SPEAKS_OF_FIRMS,
                        page -> page.text("Our sponsors"),
                        page -> page.hidden("Our sponsors"),
                        "that visitors see it"),
                beside(
                        UseFeature.MADE_UP,
                        page -> page.text("Our demo of a shop"),
                        page -> page.hidden("Our demo of a shop"),
                        "that visitors see it"),
                beside(
                        UseFeature.ENDED,
                        page -> page.text("The shop has closed for good"),
                        page -> page.text("The shop is not open on Mondays"),
                        "that it is no more"),
                beside(
                        UseFeature.REPORTED,
                        page -> page.text("The judge asked the witness"),
                        page -> page.text("The chef asked the guest"),
                        "of others than those of a shop"),
                beside(
                        UseFeature.AT_WORK,
                        page -> page.text("Applicants send a CV"),
                        page -> page.hidden("Applicants send a CV"),
                        "that visitors see it"),
                beside(
                        UseFeature.GUIDE,
                        page -> page.text("Carry cash in the local currency"),
                        page -> page.hidden("Carry cash in the local currency"),
                        "that visitors see it"),
                beside(
                        UseFeature.TITLE_SPEAKS_OF_CARDS,
                        page -> page.with(Field.TITLE, "title", "Your bank card"),
                        page -> page.with(Field.TITLE, "title", "Your garden").text("Your bank card"),
                        "that the title speaks of cards"),
                beside(
                        UseFeature.TITLE_SAYS_PURPOSE,
                        page -> page.with(Field.TITLE, "title", "Demo of a shop"),
                        page -> page.with(Field.TITLE, "title", "A shop").text("Demo of a shop"),
                        "that the title says so"),
                beside(
                        UseFeature.MANY_PLACES,
                        page -> page.text("PayPal").text("PayPal").text("PayPal"),
                        page -> page.text("PayPal").text("PayPal").hidden("PayPal"),
                        "that visitors see it"));
    }

    private static List<UseCandidate> candidates(Pages page, String brand) {
        return MATCHER.candidates(page.build()).getOrDefault(brand, List.of());
    }

    private static boolean has(Pages page, String brand, UseFeature feature) {
        return candidates(page, brand).stream()
                .anyMatch(candidate -> candidate.features().has(feature));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isFoundWhereItIsAndOnlyThere(Case one) {
        assertThat(has(one.page(), one.brand(), one.feature())).isTrue();
        assertThat(candidates(one.nearly(), one.brand())).isNotEmpty();
        assertThat(has(one.nearly(), one.brand(), one.feature()))
                .as("lacks " + one.lacking())
                .isFalse();
    }

    @Test
    void hasAPageForEachFeature() {
        EnumSet<UseFeature> shown =
                EnumSet.of(UseFeature.BANK, UseFeature.HOMONYM); // need brands and rules of their own
        cases().forEach(one -> shown.add(one.feature()));

        assertThat(EnumSet.complementOf(shown)).isEmpty();
    }

    @Test
    void measuresTheShareOfAnArticleInTheVisibleText() {
        Pages half = claiming()
                .with(Field.TEXT, "pre", "x(".repeat(200))
                .text("y".repeat(400 - "We accept PayPal".length()))
                .hidden("z".repeat(4_000));

        assertThat(value(half, UseFeature.ARTICLE_SHARE)).isCloseTo(0.5, within(0.001));
    }

    @Test
    void measuresTheShareOfHeadingsThatNameBrands() {
        Pages few = claiming().with(Field.HEADING, "h3", "PayPal");
        Pages many = claiming().with(Field.HEADING, "h3", "PayPal");
        for (int i = 0; i < 9; i++) {
            many.with(Field.HEADING, "h3", "Lamps of kind " + i);
        }

        assertThat(value(few, UseFeature.HEADINGS_NAME_BRANDS))
                .as("one of five at least")
                .isCloseTo(0.2, within(0.001));
        assertThat(value(many, UseFeature.HEADINGS_NAME_BRANDS)).isCloseTo(0.1, within(0.001));
    }

    @Test
    void countsOneTextForFewPurposesOfThePage() {
        Pages one = claiming().text("This is a demo.");
        Pages all = claiming()
                .text("A demo, said the judge, of a shop that has closed for good: the exchange rate of our trip.");
        Pages merchants = claiming().text("Merchants: our payment gateway for your store.");

        assertThat(value(one, UseFeature.MADE_UP)).isCloseTo(1 / 6.0, within(0.001));
        assertThat(value(all, UseFeature.MADE_UP)).isPositive().isLessThan(0.1);
        assertThat(value(all, UseFeature.ENDED)).isPositive().isLessThan(0.1);
        assertThat(value(merchants, UseFeature.MERCHANT_SHARE)).isPositive();
        assertThat(value(merchants, UseFeature.AT_WORK))
                .as("what merchants are told")
                .isZero();
    }

    @Test
    void measuresAnotherMeaningOfANameByTextsThatVisitorsSee() {
        Matcher travel = Matcher.compile(
                Watchlists.of(
                        Watchlists.BRANDS,
                        List.of(Watchlists.indicator(
                                "context.travel", Indicator.Type.PHRASE, "tourist visa", "travel-visa", -10))),
                Watchlists.TODAY);
        Pages page = Pages.page()
                .text("We accept Visa.")
                .with(Field.META, "keywords", "tourist visa")
                .hidden("tourist visa");

        assertThat(homonym(travel, page)).isZero();
        assertThat(homonym(travel, page.text("A tourist visa."))).isCloseTo(0.5, within(0.001));
        assertThat(homonym(travel, page.text("The tourist visa."))).isCloseTo(1, within(0.001));
    }

    private static double homonym(Matcher matcher, Pages page) {
        return matcher.candidates(page.build()).getOrDefault("visa", List.of()).stream()
                .mapToDouble(candidate -> candidate.features().get(UseFeature.HOMONYM))
                .max()
                .orElseThrow();
    }

    private static double value(Pages page, UseFeature feature) {
        return candidates(page, "paypal").getFirst().features().get(feature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We do not accept PayPal",
                "No PayPal",
                "All wallets except PayPal",
                "We take Master Card but not PayPal",
                "PayPal is not accepted",
                "Can I pay with PayPal? No, only cash.",
                "Neither PayPal nor Master Card",
                "Aucun règlement par PayPal",
                "Wir nehmen leider kein PayPal",
                "We are not able to take payments by PayPal",
                "We never ask for payment by PayPal",
                "It is not possible to pay by PayPal",
                "Payment by PayPal is not possible",
                "Payment by PayPal is no longer possible",
                "We accept all cards except for PayPal",
                "We have neither instalments nor payment by PayPal",
                "Il n'est pas possible de payer par PayPal",
                "Wir akzeptieren PayPal leider nicht",
                "PayPal nehmen wir nicht",
                "No es posible pagar con PayPal",
                "Мы не принимаем PayPal",
                "Nie przyjmujemy PayPal",
                "PayPal ya da başka bir kart geçmez",
                "Online payments (PayPal, invoice) are no longer possible",
                "Die früher genannten Zahlungsarten (PayPal, Rechnung) sind nicht mehr verfügbar",
                "不支持PayPal付款"
            })
    void isNoCandidateWhereTheClauseDeniesIt(String text) {
        assertThat(candidates(Pages.page().text(text), "paypal")).as(text).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We don't take Master Card, but PayPal is welcome",
                "Not only cash: PayPal is welcome",
                "We do not ship abroad, PayPal is welcome",
                "Master Card is not accepted. PayPal is welcome",
                "Nicht nur bar, auch mit PayPal",
                "You do not need a Master Card account to pay by PayPal",
                "We accept PayPal and do not store your card data",
                "Tickets paid by PayPal cannot be refunded",
                "Pay by PayPal if you do not have Master Card",
                "PayPal is accepted and you do not need an account",
                "Wir akzeptieren PayPal und speichern keine Kartendaten",
                "Nous acceptons PayPal et ne conservons pas vos données",
                "Принимаем PayPal и не храним данные карт",
                "Vous n'avez pas besoin de compte pour payer par PayPal",
                "Apart from cash, we accept PayPal",
                "Behalve contant accepteren wij PayPal",
                "Kromě hotovosti přijímáme PayPal",
                "Oprócz gotówki przyjmujemy PayPal",
                "Кроме наличных принимаем PayPal",
                "We accept PayPal, cash payment is not possible",
                "Tickets paid online (PayPal, invoice) are not refunded",
                "You can pay online (PayPal, invoice) and do not need an account",
                "Wir nehmen Karten und Wallets (PayPal) an, aber keine Schecks",
                "Master Card, PayPal; Barzahlung ist nicht möglich",
                "If you pay with PayPal, we ship today",
                "L'addition par PayPal ne nous fait pas peur"
            })
    void isACandidateWhereSomethingElseIsDenied(String text) {
        assertThat(candidates(Pages.page().text(text), "paypal")).as(text).isNotEmpty();
    }

    // ---- the built-in tables

    @Test
    void isInTheBuiltInTableInTheSameOrder() {
        assertThat(EvidenceTables.builtIn().acceptance().features().keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(UseFeature.values()).map(UseFeature::id).toList());
    }

    @ParameterizedTest
    @EnumSource
    void hasASentenceAndPointsOfItsDirectionWithEnoughPages(UseFeature feature) {
        for (EvidenceTable table : List.of(
                EvidenceTables.builtIn().acceptance(), EvidenceTables.builtIn().logo())) {
            EvidenceTable.Feature row = table.features().get(feature.id());
            if (row == null) {
                continue;
            }
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
}
