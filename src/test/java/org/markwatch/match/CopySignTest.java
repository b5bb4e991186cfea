package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/** Each sign on the smallest page that has it, and on one that nearly has. */
class CopySignTest {
    private static final String SENTENCE = "The lamps of this year are smaller than those of the year before them.";

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
     * @param brand   whose copy the page may be
     * @param page    has the sign
     * @param nearly  lacks it
     * @param lacking what of it
     */
    record Case(CopySign sign, String brand, Pages page, Pages nearly, String lacking) {
        @Override
        public String toString() {
            return sign + ": " + lacking;
        }
    }

    private static Pages page() {
        return Pages.at("https://b7.example/").with(Field.TITLE, "title", "Odbierz bon 2000");
    }

    private static Pages titled(String title) {
        return Pages.at("https://b7.example/").with(Field.TITLE, "title", title);
    }

    private static Case paypal(CopySign sign, Pages page, Pages nearly, String lacking) {
        return new Case(sign, "paypal", page, nearly, lacking);
    }

    /** Of a page that names PayPal in its title among other words. */
    private static Case named(CopySign sign, UnaryOperator<Pages> with, UnaryOperator<Pages> nearly, String lacking) {
        return paypal(sign, with.apply(titled("Odbierz PayPal")), nearly.apply(titled("Odbierz PayPal")), lacking);
    }

    static Stream<Case> cases() {
        return Stream.of(
                paypal(CopySign.TITLE_IS_NAME, titled("PayPal: Log in"), titled("PayPal - Lampy"), "another word"),
                paypal(
                        CopySign.TITLE_IS_NAME,
                        titled("PayPal - Pay Pal"),
                        titled("Redirecting to PayPal"),
                        "that it is no destination"),
                new Case(CopySign.TITLE_IS_WORD, "discover", titled("Discover"), titled("Discover Card"), "a word"),
                paypal(
                        CopySign.TITLE_PART_IS_NAME,
                        titled("Lampy | PayPal"),
                        titled("Lampy and PayPal"),
                        "a part of its own"),
                paypal(CopySign.TITLE_NAMES_IT, titled("PayPal notices"), titled("PayPal"), "other words"),
                paypal(
                        CopySign.TITLE_SIGNS_IN,
                        titled("Log in at PayPal today"),
                        titled("PayPal today"),
                        "words of signing in"),
                named(
                        CopySign.SITE_NAME,
                        page -> page.with(Field.OPEN_GRAPH, "og:site_name", "PayPal"),
                        page -> page.with(Field.OPEN_GRAPH, "og:title", "PayPal"),
                        "the site's"),
                named(
                        CopySign.LETTERHEAD,
                        page -> page.text("PayPal"),
                        page -> field(page).text("PayPal"),
                        "above"),
                named(
                        CopySign.LETTERHEAD,
                        page -> page.text("PayPal"),
                        page -> page.text("Debit/Credit Card").text("PayPal"),
                        "that it is no way to pay"),
                named(
                        CopySign.LETTERHEAD,
                        page -> page.text("PayPal"),
                        page -> page.text("PayPal").text("Master Card"),
                        "that no other brand is named"),
                named(
                        CopySign.HEADING,
                        page -> page.with(Field.HEADING, "h1", "PayPal"),
                        page -> page.text("Lorem ipsum dolor sit amet. ".repeat(9))
                                .with(Field.HEADING, "h1", "PayPal"),
                        "that no prose is before it"),
                named(
                        CopySign.HEADING,
                        page -> page.with(Field.HEADING, "h1", "PayPal"),
                        page -> page.with(Field.HEADING, "h1", "PayPal").text("Master Card"),
                        "that no other brand is named"),
                named(
                        CopySign.NAMED_ABOVE,
                        page -> page.text("PayPal of Lampy"),
                        page -> page.text("Lampy"),
                        "the name"),
                named(
                        CopySign.INVITATION,
                        page -> page.text("Log on to PayPal Lampy"),
                        page -> page.text("Log on with PayPal"),
                        "that it is no button"),
                named(
                        CopySign.INVITATION,
                        page -> page.text("Log on to PayPal Lampy"),
                        page -> page.text("I could not log on to PayPal this morning, ok now"),
                        "a few words"),
                named(
                        CopySign.RIGHTS,
                        page -> page.text("Pictures of cards are \u00a9 2026 PayPal, Inc."),
                        page -> page.text("Pictures of cards are of PayPal, Inc."),
                        "a claim"),
                named(
                        CopySign.RIGHTS_LINE,
                        page -> page.text("\u00a9 2026 PayPal, Inc."),
                        page -> page.text("Pictures of cards are \u00a9 2026 PayPal, Inc."),
                        "a line of its own"),
                named(
                        CopySign.RIGHTS_LINE,
                        page -> page.text("Pictures of cards are \u00a9 2026 PayPal. All rights reserved."),
                        page -> page.text("Pictures of cards are \u00a9 2026 PayPal. All is well."),
                        "all rights"),
                named(
                        CopySign.RIGHTS_LINE,
                        page -> page.text("All is well here.").text("PAYPAL - 2024"),
                        page -> page.text("PAYPAL - 2024").text("All is well here."),
                        "the foot of the page"),
                named(
                        CopySign.RIGHTS,
                        page -> page.text("\u00a9 2026 PayPal Holdings Limited"),
                        page -> page.text("\u00a9 2026 PayPal Rescue Helicopter"),
                        "that no other name goes on"),
                named(
                        CopySign.RIGHTS,
                        page -> page.text("\u00a9 2026 paypal"),
                        page -> page.text("Pictures of this are \u00a9 2026 paypal"),
                        "a capital, or a line of its own"),
                new Case(
                        CopySign.RIGHTS,
                        "unionpay",
                        page().text("\u00a9 2026 \u94f6\u8054"),
                        page().text("2026 \u94f6\u8054"),
                        "a claim"),
                new Case(
                        CopySign.RIGHTS,
                        "visa",
                        page().text("\u00a9 2026 Visa Inc."),
                        page().text("\u00a9 2026 Visa for Lampy"),
                        "that a common word is a firm's"),
                named(
                        CopySign.LOGO,
                        page -> page.image("alt", "PayPal logo"),
                        page -> field(page).image("alt", "PayPal logo"),
                        "above"),
                named(
                        CopySign.LOGO,
                        page -> page.image("class", "paypal-logo"),
                        page -> page.image("id", "paypal-logo"),
                        "that it is no section's"),
                named(
                        CopySign.PLAIN_LOGO,
                        page -> page.image("alt", "PayPal logo"),
                        page -> page.image("src", "payment/paypal.svg"),
                        "the firm's"),
                named(
                        CopySign.POSSIBLE_LOGO,
                        page -> page.image("alt", "PayPal logo").image("alt", "Amex logo"),
                        page -> page.image("alt", "Amex logo"),
                        "the brand's"),
                named(
                        CopySign.CAPTION,
                        page -> page.image("alt", "PayPal logo"),
                        page -> page.image("alt", "PayPal of Lampy"),
                        "nothing else"),
                named(
                        CopySign.ICON_OR_STYLE,
                        page -> page.image("icon", "www.paypalobjects.com/icon.png"),
                        page -> page.image("src", "www.paypalobjects.com/icon.png"),
                        "the page's own"),
                named(
                        CopySign.ICON_OR_STYLE,
                        page -> page.with(Field.LINK, "canonical", "www.paypal.com/signin"),
                        page -> page.with(Field.LINK, "href", "www.paypal.com/signin"),
                        "the page's address"),
                named(
                        CopySign.PICTURE_OF_HOST,
                        page -> page.image("src", "www.paypalobjects.com/a.png"),
                        page -> page.with(Field.SCRIPT, "src", "www.paypal.com/sdk/js"),
                        "that it is no script"),
                named(
                        CopySign.PICTURE_OF_HOST,
                        page -> page.image("src", "www.paypalobjects.com/a.png"),
                        page -> page.image("src", "www.paypalobjects.com/a.png").image("src", "www.visa.com/b.png"),
                        "that no other brand's host serves one"),
                paypal(
                        CopySign.LOOKALIKE_HOST,
                        Pages.at("https://paypa1.example/").with(Field.TITLE, "title", "PayPal"),
                        titled("PayPal"),
                        "the host"),
                named(
                        CopySign.ASKS_ITS_PASSWORD,
                        page -> password(page).with(Field.FORM, "label", "PayPal password"),
                        page -> password(page).with(Field.FORM, "label", "Password"),
                        "its"),
                named(
                        CopySign.ASKS_ITS_PASSWORD,
                        page -> page.with(Field.HEADING, "h3", "Log in to PayPal")
                                .with(Field.FORM, "label", "Password"),
                        page -> page.with(Field.HEADING, "h3", "Log in to PayPal")
                                .with(Field.HEADING, "h3", "Your orders")
                                .with(Field.FORM, "label", "Password"),
                        "that no other heading is between"),
                named(
                        CopySign.ASKS_ITS_PASSWORD,
                        page -> page.with(Field.FORM, "type", "password")
                                .with(Field.HEADING, "h2", "Pay with PayPal")
                                .with(Field.FORM, "placeholder", "Password")
                                .text("Having trouble logging in? Log in"),
                        page -> page.with(Field.FORM, "type", "password")
                                .with(Field.HEADING, "h2", "Pay with PayPal")
                                .with(Field.FORM, "placeholder", "Password"),
                        "a word of signing in"),
                named(
                        CopySign.ASKS_ITS_PASSWORD,
                        page -> page.with(Field.HEADING, "h2", "Pay with PayPal")
                                .with(Field.FORM, "placeholder", "Password")
                                .text("Log in"),
                        page -> page.with(Field.HEADING, "h2", "Pay with PayPal")
                                .text("Or check out with your account")
                                .with(Field.FORM, "placeholder", "Password")
                                .text("Log in"),
                        "that nothing else is written between"),
                named(
                        CopySign.ASKS_ITS_PASSWORD,
                        page -> password(page).with(Field.FORM, "label", "PayPal password"),
                        page -> password(page).with(Field.FORM, "label", "PayPal API password"),
                        "that it is its users'"),
                named(
                        CopySign.ASKS_ITS_ACCOUNT,
                        page -> page.with(Field.FORM, "label", "PayPal ID"),
                        page -> page.with(Field.FORM, "label", "PayPal address of your shop"),
                        "nothing else"),
                new Case(CopySign.NO_WAY_TO_PAY, "nord", titled("Nord Bank"), titled("PayPal"), "a bank"),
                named(
                        CopySign.ONLY_BRAND,
                        page -> page.hidden("Master Card"),
                        page -> page.text("Master Card"),
                        "that others are hidden"),
                named(
                        CopySign.NAMELESS,
                        page -> Pages.at("https://b7.example/")
                                .with(Field.TITLE, "title", "React App 2")
                                .text("PayPal"),
                        page -> page,
                        "a title of nobody's"),
                named(CopySign.SIGNS_IN, page -> page.text("Log in"), page -> page.hidden("Log in"), "that it is seen"),
                named(
                        CopySign.ASKS_PASSWORD,
                        CopySignTest::password,
                        page -> page.with(Field.FORM, "type", "text"),
                        "a password"),
                named(
                        CopySign.ASKS_CARD,
                        page -> page.with(Field.FORM, "autocomplete", "cc-number"),
                        page -> password(page).with(Field.FORM, "autocomplete", "cc-number"),
                        "that no password is asked for"),
                named(
                        CopySign.ASKS_SECRET,
                        page -> page.text("\u041d\u043e\u043c\u0435\u0440 \u043a\u0430\u0440\u0442\u044b"),
                        page -> page.text("\u041d\u043e\u043c\u0435\u0440"),
                        "the card's"),
                named(CopySign.ASKS_NOTHING, page -> search(page), CopySignTest::field, "that it is only to search"),
                named(
                        CopySign.ASKS_NOTHING,
                        page -> page.hidden(Field.FORM, "name", "sid"),
                        CopySignTest::field,
                        "that the field is hidden"),
                new Case(
                        CopySign.COMMON_WORD,
                        "discover",
                        titled("Discover"),
                        titled("Discover").text("to your Discover account"),
                        "that it is no firm's"),
                new Case(
                        CopySign.NOT_OF_MONEY,
                        "discover",
                        titled("Discover"),
                        titled("Discover").text("Your card"),
                        "that nothing speaks of cards"),
                named(
                        CopySign.NO_NAME,
                        page -> page().image("class", "paypal-logo"),
                        page -> page.image("class", "paypal-logo"),
                        "that it has none"),
                new Case(
                        CopySign.OWN_HOST,
                        "maestro",
                        Pages.at("https://maestro.example/").with(Field.TITLE, "title", "Maestro"),
                        titled("Maestro"),
                        "the host"),
                named(
                        CopySign.OTHER_BRANDS,
                        page -> page.text("Master Card or Amex"),
                        page -> page.text("Master Card"),
                        "more than one"),
                paypal(
                        CopySign.TITLED_BY_OTHERS,
                        Pages.at("https://lampy.example/").with(Field.TITLE, "title", "PayPal | Lampy"),
                        Pages.at("https://account-limited.example/")
                                .with(Field.TITLE, "title", "PayPal: account limited"),
                        "more than words of signing in"),
                paypal(
                        CopySign.TITLED_BY_OTHERS,
                        Pages.at("https://b7.example/")
                                .with(Field.TITLE, "title", "PayPal at Garden Lamps")
                                .with(Field.OPEN_GRAPH, "og:site_name", "GardenLamps"),
                        Pages.at("https://pal.b7.example/")
                                .with(Field.TITLE, "title", "PayPal at Garden Lamps")
                                .with(Field.OPEN_GRAPH, "og:site_name", "arden")
                                .with(Field.TITLE, "title", "arden"),
                        "whole words that are not the brand's, in the title that is shown"),
                paypal(
                        CopySign.TITLED_BY_OTHERS,
                        Pages.at("https://lamps.example/").with(Field.TITLE, "title", "PayPal: Lamps"),
                        Pages.at("https://b7.lamps/").with(Field.TITLE, "title", "PayPal: Lamps"),
                        "more than the last label"),
                new Case(
                        CopySign.TITLED_BY_OTHERS,
                        "visa",
                        Pages.at("https://lampysecure.example/").with(Field.TITLE, "title", "Visa: Lampy Secure"),
                        Pages.at("https://visalampy.example/").with(Field.TITLE, "title", "Visa Lampy"),
                        "that it is not made with the brand's"),
                new Case(
                        CopySign.TITLED_BY_OTHERS,
                        "amex",
                        Pages.at("https://lampy.example/").with(Field.TITLE, "title", "Amex: Lampy"),
                        Pages.at("https://amex.b7.example/").with(Field.TITLE, "title", "Amex: Log in"),
                        "that the name is not the brand's other one"),
                named(
                        CopySign.RIGHTS_OF_OTHERS,
                        page -> page.text("\u00a9 2026 Lampy"),
                        page -> page.hidden("\u00a9 2026 Lampy")
                                .text("\u00a9 All rights reserved")
                                .text("\u00a9 Bank of PayPal"),
                        "somebody, and that it is seen"),
                paypal(
                        CopySign.TEACHES,
                        titled("Lesson 9: Build a PayPal clone"),
                        titled("PayPal clone").with(Field.TITLE, "title", "Lesson 9"),
                        "that the title that is shown teaches"),
                named(
                        CopySign.TEACHES,
                        page -> page.with(Field.HEADING, "h1", "Tutorial"),
                        page -> page.hidden(Field.HEADING, "h1", "Tutorial"),
                        "that it is seen"),
                named(
                        CopySign.DESCRIBES,
                        page -> page.with(Field.TEXT, "pre", "Lorem ipsum ".repeat(90)),
                        page -> page.hidden(Field.TEXT, "pre", "Lorem ipsum ".repeat(90)),
                        "that it is seen"),
                named(
                        CopySign.DESCRIBES,
                        page -> page.with(Field.TEXT, "pre", "Lorem ipsum ".repeat(90)),
                        page -> page.with(Field.META, "article:published_time", "2026-01-01")
                                .text("Lorem ipsum ".repeat(90)),
                        "more than metadata"),
                named(
                        CopySign.PROSE,
                        page -> page.text("We had a letter from PayPal this week that none of us could make out."),
                        page -> page.hidden("We had a letter from PayPal this week that none of us could make out."),
                        "that it is seen"),
                named(
                        CopySign.PROSE_AGAIN,
                        page -> page.text("We had a letter from PayPal this week that none of us could make out.")
                                .text("We asked PayPal this week, and none of them could make it out either."),
                        page -> page.text(
                                "We had a letter from PayPal this week, and PayPal has not said what it was."),
                        "a sentence elsewhere"),
                named(
                        CopySign.SENTENCES,
                        page -> sentence(sentence(sentence(page))),
                        page -> sentence(sentence(page)).hidden(SENTENCE),
                        "a third that is seen"),
                named(
                        CopySign.ENTRY,
                        page -> page.with(Field.HEADING, "h2", "Lampy").with(Field.HEADING, "h3", "PayPal"),
                        page -> page.with(Field.HEADING, "h3", "PayPal"),
                        "a heading before it"),
                named(
                        CopySign.CAPTION_SAYS_MORE,
                        page -> page.image("alt", "PayPal of Lampy"),
                        page -> page.image("alt", "PayPal"),
                        "more"),
                named(
                        CopySign.TAKES_PAYMENTS,
                        page -> page.text("We accept cards"),
                        page -> page.hidden("We accept cards").text("I accept the Terms & Conditions"),
                        "that it is seen, and no terms"),
                named(
                        CopySign.TAKES_IT,
                        page -> page.text("We accept PayPal or cash"),
                        page -> page.text("We do not accept PayPal or cash"),
                        "that it does"),
                named(
                        CopySign.TILL,
                        page -> page.with(Field.SCRIPT, "src", "www.paypal.com/sdk/js"),
                        page -> page.with(Field.SCRIPT, "src", "lampy.example/js"),
                        "the brand's"),
                named(
                        CopySign.SELLS,
                        page -> page.with(Field.LINK, "a", "Add to cart"),
                        page -> page.image("class", "minicart"),
                        "that it is seen"),
                named(
                        CopySign.SETTINGS,
                        page -> page.with(Field.FORM, "label", "PayPal client secret"),
                        page -> page.hidden(Field.FORM, "label", "PayPal client secret"),
                        "that it is seen"),
                named(
                        CopySign.BUTTON,
                        page -> page.with(Field.LINK, "button", "Log in with PayPal"),
                        page -> page.with(Field.LINK, "button", "Log in to PayPal"),
                        "by it"));
    }

    private static Pages field(Pages page) {
        return page.with(Field.FORM, "name", "fullname");
    }

    private static Pages sentence(Pages page) {
        return page.text(SENTENCE);
    }

    private static Pages search(Pages page) {
        return page.with(Field.FORM, "name", "q").with(Field.FORM, "placeholder", "Search");
    }

    private static Pages password(Pages page) {
        return page.with(Field.FORM, "name", "pw").with(Field.FORM, "type", "password");
    }

    private static Set<CopySign> signs(Pages page, String brand) {
        return MATCHER.copies(page.build()).stream()
                .filter(copy -> copy.brand().equals(brand))
                .findFirst()
                .map(Copy::signs)
                .orElse(Set.of());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isFoundWhereItIsAndOnlyThere(Case one) {
        assertThat(signs(one.page(), one.brand())).contains(one.sign());
        assertThat(signs(one.nearly(), one.brand()))
                .as("lacks " + one.lacking())
                .doesNotContain(one.sign());
    }

    @Test
    void hasAPageHere() {
        EnumSet<CopySign> shown = EnumSet.noneOf(CopySign.class);
        cases().forEach(one -> shown.add(one.sign()));

        assertThat(EnumSet.complementOf(shown)).isEmpty();
    }

    @Test
    void isToldWithItsPointsThoseThatSayMostFirst() {
        Copy copy = new Copy("paypal", EnumSet.of(CopySign.PROSE, CopySign.ASKS_PASSWORD, CopySign.TITLE_IS_NAME));

        assertThat(copy.told())
                .containsExactly(
                        "+" + CopySign.TITLE_IS_NAME.points() + " " + CopySign.TITLE_IS_NAME.said(),
                        "+" + CopySign.ASKS_PASSWORD.points() + " " + CopySign.ASKS_PASSWORD.said(),
                        CopySign.PROSE.points() + " " + CopySign.PROSE.said());
    }

    @Test
    void speaksForACopyOrAgainst() {
        assertThat(Arrays.stream(CopySign.values()).filter(sign -> sign.points() == 0))
                .isEmpty();
        assertThat(Arrays.stream(CopySign.values()).filter(CopySign::isOfBrand)).allMatch(sign -> sign.points() > 0);
    }
}
