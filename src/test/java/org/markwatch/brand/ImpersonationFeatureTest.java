package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.markwatch.match.Matcher;
import org.markwatch.match.Pages;
import org.markwatch.match.Watchlists;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.EvidenceTable;
import org.markwatch.watchlist.EvidenceTables;
import org.markwatch.watchlist.Field;

/** Each feature on the smallest page that has it, and on one that nearly has. */
class ImpersonationFeatureTest {
    /** Features that a page may have in part. */
    private static final Set<ImpersonationFeature> SHARES = EnumSet.of(
            ImpersonationFeature.LOGO,
            ImpersonationFeature.PLAIN_LOGO,
            ImpersonationFeature.PICTURE_OF_HOST,
            ImpersonationFeature.BRAND_SHARE,
            ImpersonationFeature.ASKS_PASSWORD,
            ImpersonationFeature.OTHER_BRANDS,
            ImpersonationFeature.OWN_TITLE,
            ImpersonationFeature.RIGHTS_OF_OTHERS,
            ImpersonationFeature.TEACHES,
            ImpersonationFeature.NAMED_IN_SENTENCES,
            ImpersonationFeature.TAKES_PAYMENT);

    private static final Brand BANK = new Brand(
            "nord",
            "Nord Bank",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of("nordbank.example"),
            List.of(),
            true);
    private static final Matcher MATCHER = Matcher.compile(
            Watchlists.of(
                    Stream.concat(Watchlists.BRANDS.stream(), Stream.of(BANK)).toList(), List.of()),
            Watchlists.TODAY);

    /**
     * @param brand   that the page may impersonate
     * @param page    has the feature
     * @param nearly  lacks it
     * @param lacking what of it
     */
    record Case(ImpersonationFeature feature, String brand, Pages page, Pages nearly, String lacking) {
        @Override
        public String toString() {
            return feature + ": " + lacking;
        }
    }

    private static Pages page() {
        return Pages.at("https://b7.example/").with(Field.TITLE, "title", "Odbierz bon 2000");
    }

    private static Pages titled(String title) {
        return Pages.at("https://b7.example/").with(Field.TITLE, "title", title);
    }

    private static Case paypal(ImpersonationFeature feature, Pages page, Pages nearly, String lacking) {
        return new Case(feature, "paypal", page, nearly, lacking);
    }

    /** Of a page that names PayPal in its title among other words. */
    private static Case named(
            ImpersonationFeature feature, UnaryOperator<Pages> with, UnaryOperator<Pages> nearly, String lacking) {
        return paypal(feature, with.apply(titled("Odbierz PayPal")), nearly.apply(titled("Odbierz PayPal")), lacking);
    }

    static Stream<Case> cases() {
        return Stream.of(
                paypal(
                        ImpersonationFeature.TITLE_IS_NAME,
                        titled("PayPal: Log in"),
                        titled("PayPal - Lampy"),
                        "another word"),
                paypal(
                        ImpersonationFeature.TITLE_IS_NAME,
                        titled("PayPal - Pay Pal"),
                        titled("Redirecting to PayPal"),
                        "that it is no destination"),
                new Case(
                        ImpersonationFeature.TITLE_PART_IS_NAME,
                        "discover",
                        titled("Discover"),
                        titled("Discover Card"),
                        "a word"),
                paypal(
                        ImpersonationFeature.TITLE_PART_IS_NAME,
                        titled("Lampy | PayPal"),
                        titled("Lampy and PayPal"),
                        "a part of its own"),
                paypal(
                        ImpersonationFeature.TITLE_SIGNS_IN,
                        titled("Log in at PayPal today"),
                        titled("PayPal today"),
                        "words of signing in"),
                named(
                        ImpersonationFeature.METADATA,
                        page -> page.with(Field.OPEN_GRAPH, "og:site_name", "PayPal"),
                        page -> page.with(Field.OPEN_GRAPH, "og:title", "PayPal"),
                        "the site's"),
                named(
                        ImpersonationFeature.METADATA,
                        page -> page.with(Field.JSON_LD, "@type", "WebSite").with(Field.JSON_LD, "name", "PayPal"),
                        page -> page.with(Field.JSON_LD, "@type", "Product").with(Field.JSON_LD, "name", "PayPal"),
                        "that the name is a site's"),
                named(
                        ImpersonationFeature.LETTERHEAD,
                        page -> page.text("PayPal"),
                        page -> field(page).text("PayPal"),
                        "above"),
                named(
                        ImpersonationFeature.LETTERHEAD,
                        page -> page.text("PayPal"),
                        page -> page.text("Debit/Credit Card").text("PayPal"),
                        "that it is no way to pay"),
                named(
                        ImpersonationFeature.LETTERHEAD,
                        page -> page.text("P PayPal"),
                        page -> page.text("Q PayPal"),
                        "that the letter is its initial"),
                named(
                        ImpersonationFeature.HEADING,
                        page -> page.with(Field.HEADING, "h1", "PayPal"),
                        page -> page.text("Lorem ipsum dolor sit amet. ".repeat(9))
                                .with(Field.HEADING, "h1", "PayPal"),
                        "that no prose is before it"),
                named(
                        ImpersonationFeature.INVITATION,
                        page -> page.text("Log on to PayPal Lampy"),
                        page -> page.text("Log on with PayPal"),
                        "that it is no button"),
                named(
                        ImpersonationFeature.INVITATION,
                        page -> page.text("Log on to PayPal Lampy"),
                        page -> page.text("I could not log on to PayPal this morning, ok now"),
                        "a few words"),
                named(
                        ImpersonationFeature.RIGHTS,
                        page -> page.text("Pictures of cards are \u00a9 2026 PayPal, Inc."),
                        page -> page.text("Pictures of cards are of PayPal, Inc."),
                        "a claim"),
                named(
                        ImpersonationFeature.RIGHTS_LINE,
                        page -> page.text("\u00a9 2026 PayPal, Inc."),
                        page -> page.text("Pictures of cards are \u00a9 2026 PayPal, Inc."),
                        "a line of its own"),
                named(
                        ImpersonationFeature.RIGHTS_LINE,
                        page -> page.text("Pictures of cards are \u00a9 2026 PayPal. All rights reserved."),
                        page -> page.text("Pictures of cards are \u00a9 2026 PayPal. All is well."),
                        "all rights"),
                named(
                        ImpersonationFeature.RIGHTS_LINE,
                        page -> page.text("All is well here.").text("PAYPAL - 2024"),
                        page -> page.text("PAYPAL - 2024").text("All is well here."),
                        "the foot of the page"),
                named(
                        ImpersonationFeature.RIGHTS,
                        page -> page.text("\u00a9 2026 PayPal Holdings Limited"),
                        page -> page.text("\u00a9 2026 PayPal Rescue Helicopter"),
                        "that no other name goes on"),
                named(
                        ImpersonationFeature.RIGHTS,
                        page -> page.text("\u00a9 2026 paypal"),
                        page -> page.text("Pictures of this are \u00a9 2026 paypal"),
                        "a capital, or a line of its own"),
                new Case(
                        ImpersonationFeature.RIGHTS,
                        "unionpay",
                        page().text("\u00a9 2026 \u94f6\u8054"),
                        page().text("2026 \u94f6\u8054"),
                        "a claim"),
                new Case(
                        ImpersonationFeature.RIGHTS,
                        "visa",
                        page().text("\u00a9 2026 Visa Inc."),
                        page().text("\u00a9 2026 Visa for Lampy"),
                        "that a common word is a firm's"),
                named(
                        ImpersonationFeature.LOGO,
                        page -> page.image("alt", "PayPal logo"),
                        page -> field(page).image("alt", "PayPal logo"),
                        "above"),
                named(
                        ImpersonationFeature.LOGO,
                        page -> page.image("class", "paypal-logo"),
                        page -> page.image("id", "paypal-logo"),
                        "that it is no section's"),
                named(
                        ImpersonationFeature.PLAIN_LOGO,
                        page -> page.image("alt", "PayPal logo"),
                        page -> page.image("src", "payment/paypal.svg"),
                        "the firm's"),
                named(
                        ImpersonationFeature.POSSIBLE_LOGO,
                        page -> page.image("id", "paypal-logo"),
                        page -> page.image("id", "amex-logo"),
                        "the brand's"),
                named(
                        ImpersonationFeature.LOGO,
                        page -> page.image("alt", "PayPal logo"),
                        page -> page.image("alt", "PayPal logo").image("alt", "Amex logo"),
                        "that no other brand is drawn"),
                named(
                        ImpersonationFeature.CAPTION,
                        page -> page.image("alt", "PayPal logo"),
                        page -> page.image("alt", "PayPal of Lampy"),
                        "nothing else"),
                named(
                        ImpersonationFeature.METADATA,
                        page -> page.image("icon", "www.paypalobjects.com/icon.png"),
                        page -> page.image("src", "www.paypalobjects.com/icon.png"),
                        "the page's own"),
                named(
                        ImpersonationFeature.METADATA,
                        page -> page.with(Field.LINK, "canonical", "www.paypal.com/signin"),
                        page -> page.with(Field.LINK, "href", "www.paypal.com/signin"),
                        "the page's address"),
                named(
                        ImpersonationFeature.PICTURE_OF_HOST,
                        page -> page.image("src", "www.paypalobjects.com/a.png"),
                        page -> page.with(Field.SCRIPT, "src", "www.paypal.com/sdk/js"),
                        "that it is no script"),
                named(
                        ImpersonationFeature.PICTURE_OF_HOST,
                        page -> page.image("src", "www.paypalobjects.com/a.png"),
                        page -> page.image("src", "www.paypalobjects.com/a.png").image("src", "www.visa.com/b.png"),
                        "that no other brand's host serves one"),
                paypal(
                        ImpersonationFeature.LOOKALIKE_HOST,
                        Pages.at("https://paypa1.example/").with(Field.TITLE, "title", "PayPal"),
                        titled("PayPal"),
                        "the host"),
                paypal(
                        ImpersonationFeature.NAMED_IN_HOST,
                        Pages.at("https://paypal-th.example/").with(Field.TITLE, "title", "PayPal"),
                        Pages.at("https://compaypal.example/").with(Field.TITLE, "title", "PayPal"),
                        "that the name is a whole part"),
                named(
                        ImpersonationFeature.ASKS_ITS_ACCOUNT,
                        page -> password(page).with(Field.FORM, "label", "PayPal password"),
                        page -> password(page).with(Field.FORM, "label", "Password"),
                        "its"),
                named(
                        ImpersonationFeature.ASKS_ITS_ACCOUNT,
                        page -> page.with(Field.HEADING, "h3", "Log in to PayPal")
                                .with(Field.FORM, "label", "Password"),
                        page -> page.with(Field.HEADING, "h3", "Log in to PayPal")
                                .with(Field.HEADING, "h3", "Your orders")
                                .with(Field.FORM, "label", "Password"),
                        "that no other heading is between"),
                named(
                        ImpersonationFeature.ASKS_ITS_ACCOUNT,
                        page -> page.with(Field.FORM, "type", "password")
                                .with(Field.HEADING, "h2", "Pay with PayPal")
                                .with(Field.FORM, "placeholder", "Password")
                                .text("Having trouble logging in? Log in"),
                        page -> page.with(Field.FORM, "type", "password")
                                .with(Field.HEADING, "h2", "Pay with PayPal")
                                .with(Field.FORM, "placeholder", "Password"),
                        "a word of signing in"),
                named(
                        ImpersonationFeature.ASKS_ITS_ACCOUNT,
                        page -> page.with(Field.HEADING, "h2", "Pay with PayPal")
                                .with(Field.FORM, "placeholder", "Password")
                                .text("Log in"),
                        page -> page.with(Field.HEADING, "h2", "Pay with PayPal")
                                .text("Or check out with your account")
                                .with(Field.FORM, "placeholder", "Password")
                                .text("Log in"),
                        "that nothing else is written between"),
                named(
                        ImpersonationFeature.ASKS_ITS_ACCOUNT,
                        page -> password(page).with(Field.FORM, "label", "PayPal password"),
                        page -> password(page).with(Field.FORM, "label", "PayPal API password"),
                        "that it is its users'"),
                named(
                        ImpersonationFeature.ASKS_ITS_ACCOUNT,
                        page -> page.with(Field.FORM, "label", "PayPal ID"),
                        page -> page.with(Field.FORM, "label", "PayPal address of your shop"),
                        "nothing else"),
                new Case(ImpersonationFeature.BANK, "nord", titled("Nord Bank"), titled("PayPal"), "a bank"),
                named(
                        ImpersonationFeature.BRAND_SHARE,
                        page -> page.hidden("Master Card"),
                        page -> page.text("Master Card"),
                        "that others are hidden"),
                named(
                        ImpersonationFeature.NAMELESS_TITLE,
                        page -> Pages.at("https://b7.example/")
                                .with(Field.TITLE, "title", "React App 2")
                                .text("PayPal"),
                        page -> page,
                        "a title of nobody's"),
                named(
                        ImpersonationFeature.ASKS_PASSWORD,
                        ImpersonationFeatureTest::password,
                        page -> page.with(Field.FORM, "type", "text"),
                        "a password"),
                named(
                        ImpersonationFeature.ASKS_PASSWORD,
                        ImpersonationFeatureTest::password,
                        page -> password(page).with(Field.FORM, "label", "PayPal client secret"),
                        "that it is a user's"),
                named(
                        ImpersonationFeature.ASKS_CARD,
                        page -> page.with(Field.FORM, "autocomplete", "cc-number"),
                        page -> password(page).with(Field.FORM, "autocomplete", "cc-number"),
                        "that no password is asked for"),
                named(
                        ImpersonationFeature.ASKS_SECRET,
                        page -> page.text("\u041d\u043e\u043c\u0435\u0440 \u043a\u0430\u0440\u0442\u044b"),
                        page -> page.text("\u041d\u043e\u043c\u0435\u0440"),
                        "the card's"),
                named(
                        ImpersonationFeature.ASKS_NOTHING,
                        page -> search(page),
                        ImpersonationFeatureTest::field,
                        "that it is only to search"),
                named(
                        ImpersonationFeature.ASKS_NOTHING,
                        page -> page.hidden(Field.FORM, "name", "sid"),
                        ImpersonationFeatureTest::field,
                        "that the field is hidden"),
                new Case(
                        ImpersonationFeature.COMMON_WORD,
                        "discover",
                        titled("Discover"),
                        titled("Discover").text("to your Discover account"),
                        "that it is no firm's"),
                new Case(
                        ImpersonationFeature.NOT_OF_MONEY,
                        "discover",
                        titled("Discover"),
                        titled("Discover").text("Your card"),
                        "that nothing speaks of cards"),
                named(
                        ImpersonationFeature.NOT_NAMED,
                        page -> page().image("class", "paypal-logo"),
                        page -> page.image("class", "paypal-logo"),
                        "that it has none"),
                new Case(
                        ImpersonationFeature.OWN_TITLE,
                        "maestro",
                        Pages.at("https://maestro.example/").with(Field.TITLE, "title", "Maestro"),
                        titled("Maestro"),
                        "the host"),
                named(
                        ImpersonationFeature.OTHER_BRANDS,
                        page -> page.text("Master Card").text("Amex"),
                        page -> page.text("Master Card or Amex"),
                        "more places"),
                paypal(
                        ImpersonationFeature.OWN_TITLE,
                        Pages.at("https://lampy.example/").with(Field.TITLE, "title", "PayPal | Lampy"),
                        Pages.at("https://account-limited.example/")
                                .with(Field.TITLE, "title", "PayPal: account limited"),
                        "more than words of signing in"),
                paypal(
                        ImpersonationFeature.OWN_TITLE,
                        Pages.at("https://b7.example/")
                                .with(Field.TITLE, "title", "PayPal at Garden Lamps")
                                .with(Field.OPEN_GRAPH, "og:site_name", "GardenLamps"),
                        Pages.at("https://pal.b7.example/")
                                .with(Field.TITLE, "title", "PayPal at Garden Lamps")
                                .with(Field.OPEN_GRAPH, "og:site_name", "arden")
                                .with(Field.TITLE, "title", "arden"),
                        "whole words that are not the brand's, in the title that is shown"),
                paypal(
                        ImpersonationFeature.OWN_TITLE,
                        Pages.at("https://lampy.example/").with(Field.TITLE, "title", "PayPal at Lampy"),
                        Pages.at("https://b7.example/")
                                .with(Field.TITLE, "title", "PayPal at Lampy")
                                .with(Field.OPEN_GRAPH, "og:site_name", "Lampy"),
                        "that more than metadata say so"),
                paypal(
                        ImpersonationFeature.OWN_TITLE,
                        Pages.at("https://lamps.example/").with(Field.TITLE, "title", "PayPal: Lamps"),
                        Pages.at("https://b7.lamps/").with(Field.TITLE, "title", "PayPal: Lamps"),
                        "more than the last label"),
                paypal(
                        ImpersonationFeature.OWN_TITLE,
                        Pages.at("https://lampysecure.example/").with(Field.TITLE, "title", "PayPal: Lampy Secure"),
                        Pages.at("https://paypallampy.example/").with(Field.TITLE, "title", "PayPal Lampy"),
                        "that it is not made with the brand's"),
                new Case(
                        ImpersonationFeature.OWN_TITLE,
                        "amex",
                        Pages.at("https://lampy.example/").with(Field.TITLE, "title", "Amex: Lampy"),
                        Pages.at("https://amex.b7.example/").with(Field.TITLE, "title", "Amex: Log in"),
                        "that the name is not the brand's other one"),
                named(
                        ImpersonationFeature.RIGHTS_OF_OTHERS,
                        page -> page.text("\u00a9 2026 Lampy"),
                        page -> page.hidden("\u00a9 2026 Lampy")
                                .text("\u00a9 All rights reserved")
                                .text("\u00a9 Bank of PayPal"),
                        "somebody, and that it is seen"),
                paypal(
                        ImpersonationFeature.TEACHES,
                        titled("Lesson 9: Build a PayPal clone"),
                        titled("PayPal clone").with(Field.TITLE, "title", "Lesson 9"),
                        "that the title that is shown teaches"),
                named(
                        ImpersonationFeature.TEACHES,
                        page -> page.with(Field.HEADING, "h1", "Tutorial"),
                        page -> page.hidden(Field.HEADING, "h1", "Tutorial"),
                        "that it is seen"),
                named(
                        ImpersonationFeature.NAMED_IN_SENTENCES,
                        page -> page.text("We had a letter from PayPal this week that none of us could make out."),
                        page -> page.hidden("We had a letter from PayPal this week that none of us could make out."),
                        "that it is seen"),
                named(
                        ImpersonationFeature.NAMED_IN_SENTENCES,
                        page -> page.text("We had a letter from PayPal this week that none of us could make out.")
                                .text("We asked PayPal this week, and none of them could make it out either."),
                        page -> page.text(
                                "We had a letter from PayPal this week, and PayPal has not said what it was."),
                        "a sentence elsewhere"),
                named(
                        ImpersonationFeature.NAMED_IN_CAPTION,
                        page -> page.image("alt", "PayPal of Lampy"),
                        page -> page.image("alt", "PayPal"),
                        "more"),
                named(
                        ImpersonationFeature.TAKES_PAYMENT,
                        page -> page.text("We accept cards"),
                        page -> page.hidden("We accept cards")
                                .with(Field.META, "description", "We accept cards")
                                .text("I accept the Terms & Conditions"),
                        "that it is seen, and no terms"),
                named(
                        ImpersonationFeature.TAKES_BRAND,
                        page -> page.text("We accept PayPal or cash"),
                        page -> page.text("We do not accept PayPal or cash"),
                        "that it does"),
                named(
                        ImpersonationFeature.TAKES_BRAND,
                        page -> page.text("We accept PayPal or cash"),
                        page -> page.with(Field.META, "description", "We accept PayPal or cash"),
                        "that visitors see it"));
    }

    private static Pages field(Pages page) {
        return page.with(Field.FORM, "name", "fullname");
    }

    private static Pages search(Pages page) {
        return page.with(Field.FORM, "name", "q").with(Field.FORM, "placeholder", "Search");
    }

    private static Pages password(Pages page) {
        return page.with(Field.FORM, "name", "pw").with(Field.FORM, "type", "password");
    }

    private static double value(Pages page, String brand, ImpersonationFeature feature) {
        return MATCHER.impersonations(page.build()).stream()
                .filter(weighed -> weighed.evidence().brand().equals(brand))
                .mapToDouble(weighed -> weighed.values().getOrDefault(feature, 0.0))
                .findFirst()
                .orElse(0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isFoundWhereItIsAndOnlyThere(Case one) {
        double value = value(one.page(), one.brand(), one.feature());
        double nearly = value(one.nearly(), one.brand(), one.feature());

        assertThat(value).isGreaterThan(0).isLessThanOrEqualTo(1);
        if (SHARES.contains(one.feature())) {
            assertThat(nearly).as("lacks " + one.lacking()).isLessThan(value);
        } else {
            assertThat(nearly).as("lacks " + one.lacking()).isZero();
        }
    }

    @Test
    void hasAPageHere() {
        EnumSet<ImpersonationFeature> shown = EnumSet.noneOf(ImpersonationFeature.class);
        cases().forEach(one -> shown.add(one.feature()));

        assertThat(EnumSet.complementOf(shown)).isEmpty();
    }

    @Test
    void isInTheBuiltInTable() {
        EvidenceTable table = EvidenceTables.builtIn().impersonation();

        assertThat(table.features().keySet())
                .containsExactlyElementsOf(Arrays.stream(ImpersonationFeature.values())
                        .map(ImpersonationFeature::id)
                        .toList());
        assertThat(table.limits().keySet()).containsExactly("needed", "needed-of-brand", "max-against-page");
    }

    @ParameterizedTest
    @EnumSource
    void hasPointsOfItsDirectionASentenceAndSupport(ImpersonationFeature feature) {
        EvidenceTable.Feature row = EvidenceTables.builtIn().impersonation().feature(feature.id());

        assertThat(row.sentence()).isNotBlank();
        assertThat(row.pages()).isGreaterThanOrEqualTo(30);
        assertThat(row.sets()).isGreaterThanOrEqualTo(3);
        switch (feature.direction()) {
            case FOR_BRAND, FOR -> assertThat(row.points()).isNotNegative();
            case AGAINST, AGAINST_PAGE -> assertThat(row.points()).isNotPositive();
        }
    }
}
