package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;

/** What the signs of {@link CopySign} add up to. */
class ImpersonationTest {
    private final Matcher matcher = Matcher.compile(Watchlists.of(Watchlists.BRANDS, List.of()), Watchlists.TODAY);

    private List<Match> impersonations(Pages page) {
        return matcher.match(page.build()).stream()
                .filter(match -> match.kind() == Kind.IMPERSONATION)
                .toList();
    }

    private boolean isImpersonation(Pages page) {
        return !impersonations(page).isEmpty();
    }

    private static Pages titled(String title) {
        return Pages.at("https://b7.example/").with(Field.TITLE, "title", title);
    }

    private static Pages password(Pages page) {
        return page.with(Field.FORM, "name", "pw").with(Field.FORM, "type", "password");
    }

    @Test
    void takesNoSignAloneForACopy() {
        assertThat(isImpersonation(titled("PayPal - Lampy"))).isFalse();
        assertThat(isImpersonation(titled("Lampy").text("\u00a9 2026 PayPal"))).isFalse();
        assertThat(isImpersonation(password(titled("Lampy").text("PayPal here and there"))))
                .isFalse();
        assertThat(isImpersonation(password(titled("PayPal - Lampy").text("\u00a9 2026 PayPal"))))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE, apple-touch-icon, www.paypalobjects.com/icon.png",
        "SCRIPT, stylesheet, www.paypalobjects.com/login.css",
        "LINK, canonical, www.paypal.com/signin",
        "LINK, saved-from, www.paypal.com/signin",
        "TEXT, p, '\u00a9 1999-2026 PayPal, Inc.'",
        "HEADING, h3, PayPal Login",
        "IMAGE, alt, PayPal"
    })
    void takesAFormForAPasswordWithOneSignOfTheBrandForACopy(Field field, String detail, String sign) {
        Pages form = titled("Odbierz bon 2000").with(field, detail, sign);

        assertThat(isImpersonation(form)).isFalse();
        assertThat(isImpersonation(password(form))).isTrue();
    }

    @Test
    void takesAFormOfNobodysForNoCopyHoweverMuchItAsks() {
        Pages form = password(titled("Login").text("Card number").text("Log in"));

        assertThat(isImpersonation(form.hidden("PayPal"))).isFalse();
    }

    @Test
    void tellsTheSignThatSaysMostAndHowItIsDisguised() {
        assertThat(impersonations(password(titled("PayPal: Log in").image("alt", "PayPal"))))
                .singleElement()
                .satisfies(match -> {
                    assertThat(match.rule()).isEqualTo("brand:paypal@copy");
                    assertThat(match.field()).isEqualTo(Field.TITLE);
                    assertThat(match.text()).isEqualTo("PayPal");
                });
        assertThat(impersonations(password(titled("P4yP@l: Log in"))))
                .singleElement()
                .satisfies(match -> assertThat(match.rule()).isEqualTo("brand:paypal@copy-leet"));
    }

    @Test
    void leavesTheBrandsOwnPagesAlone() {
        Pages own = Pages.at("https://www.paypal.com/signin").with(Field.TITLE, "title", "PayPal: Log in");

        assertThat(isImpersonation(password(own))).isFalse();
        assertThat(matcher.copies(own.build())).isEmpty();
    }

    @Test
    void isNotMovedBelowAFieldThatNobodySees() {
        Pages copy = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Step 1")
                .hidden(Field.FORM, "name", "sid");

        assertThat(isImpersonation(password(copy.image("alt", "PayPal logo")))).isTrue();
    }

    @Test
    void leavesAlonePagesWhereSomebodySetsUpTheBrandsServices() {
        Pages settings = titled("Login")
                .with(Field.HEADING, "h2", "PayPal")
                .with(Field.FORM, "name", "k2")
                .with(Field.FORM, "type", "password");

        assertThat(isImpersonation(settings)).isTrue();
        assertThat(isImpersonation(settings.hidden(Field.FORM, "name", "paypal_client_secret")))
                .as("a field that nobody sees is no excuse")
                .isTrue();
        assertThat(isImpersonation(settings.with(Field.FORM, "name", "paypal_client_secret")))
                .as("nor is one that nothing visible speaks of")
                .isTrue();
        assertThat(isImpersonation(settings.with(Field.FORM, "label", "PayPal client secret")))
                .isFalse();
    }

    @Test
    void knowsTheKeysOfAServiceInOtherLanguages() {
        Pages settings = password(titled("Login").with(Field.HEADING, "h2", "PayPal"));

        assertThat(isImpersonation(settings.text("\u5546\u6237\u540d"))).isTrue();
        assertThat(isImpersonation(settings.text("\u5546\u6237\u53f7:").text("\u5bc6\u94a5:")))
                .isFalse();
    }

    @Test
    void takesOneFieldForAKeyBesideAPasswordForNoSetting() {
        Pages copy = titled("Login")
                .with(Field.HEADING, "h1", "PayPal")
                .with(Field.FORM, "name", "login_password")
                .with(Field.FORM, "placeholder", "API key");

        assertThat(isImpersonation(copy)).isTrue();
        assertThat(isImpersonation(copy.text("API Username").text("API Signature")))
                .as("more than one")
                .isFalse();
    }

    @Test
    void takesAWordForNoNameWhereItMeansSomethingElse() {
        Matcher travel = Matcher.compile(
                Watchlists.of(
                        Watchlists.BRANDS,
                        List.of(Watchlists.indicator(
                                "context.travel-visa", Indicator.Type.PHRASE, "visa application", "travel-visa", -10))),
                Watchlists.TODAY);
        Pages form = password(titled("Visa: Log in").text("Card number"));

        assertThat(travel.copies(form.build())).singleElement().matches(Copy::isOne);
        assertThat(travel.copies(form.text("Visa application").build())).isEmpty();
    }

    /** What a copy could add that nobody sees, or that names nobody. */
    @Test
    void isNotTalkedOutOfWhatVisitorsSee() {
        Pages copy = password(titled("Odbierz PayPal").image("alt", "PayPal"));
        int points = points(copy);

        copy.hidden("We accept Visa Card and Master Card")
                .hidden("\u00a9 2026 Lampy")
                .hidden("We had a letter from PayPal this week that none of us could make out.")
                .hidden(Field.IMAGE, "alt", "Master Card")
                .hidden(Field.HEADING, "h1", "Tutorial")
                .hidden("Lorem ipsum ".repeat(90))
                .with(Field.TITLE, "title", "How? Lessons of b7")
                .with(Field.OPEN_GRAPH, "og:site_name", "ayp")
                .with(Field.FORM, "name", "westpac_amex")
                .with(Field.FORM, "id", "Master Card")
                .image("class", "minicart")
                .with(Field.META, "article:published_time", "2026-01-01")
                .with(Field.META, "description", "Amex and Master Card");
        assertThat(points(copy)).isEqualTo(points);
    }

    private int points(Pages page) {
        return matcher.copies(page.build()).stream()
                .filter(copy -> copy.brand().equals("paypal"))
                .mapToInt(Copy::points)
                .sum();
    }

    @Test
    void takesShopsArticlesAndThreadsForNoCopies() {
        Pages login = password(titled("Your account - Lampy")
                .image("alt", "PayPal")
                .image("alt", "Master Card")
                .text("We accept PayPal and Master Card")
                .text("\u00a9 2026 Lampy"));
        Pages article = password(Pages.at("https://www.gazette.example/paypal")
                .with(Field.TITLE, "title", "PayPal - Gazette")
                .with(Field.HEADING, "h1", "PayPal")
                .text("PayPal is a firm that was founded in another century. ".repeat(9)));
        Pages choice = titled("Sign in")
                .with(Field.FORM, "name", "email")
                .with(Field.FORM, "type", "email")
                .with(Field.LINK, "button", "Log in with PayPal");

        assertThat(isImpersonation(login)).isFalse();
        assertThat(isImpersonation(article)).isFalse();
        assertThat(isImpersonation(choice)).isFalse();
    }
}
