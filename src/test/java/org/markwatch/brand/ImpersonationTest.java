package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.Matcher;
import org.markwatch.match.Pages;
import org.markwatch.match.Watchlists;
import org.markwatch.watchlist.EvidenceTables;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;

/** What the features of {@link ImpersonationFeature} add up to. */
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
    void findsNoImpersonationByOneFeature() {
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
        "LINK, saved-from, www.paypal.com/signin",
        "TEXT, p, '\u00a9 1999-2026 PayPal, Inc.'",
        "HEADING, h3, PayPal Login",
        "IMAGE, alt, PayPal"
    })
    void findsAFormForAPasswordWithOneFeatureOfTheBrand(Field field, String detail, String sign) {
        Pages form = titled("Odbierz bon 2000").with(field, detail, sign);

        assertThat(isImpersonation(form)).isFalse();
        assertThat(isImpersonation(password(form))).isTrue();
    }

    @Test
    void findsNoImpersonationOfABrandThatIsNotShownHoweverMuchIsAsked() {
        Pages form = password(titled("Login").text("Card number").text("Log in"));

        assertThat(isImpersonation(form.hidden("PayPal"))).isFalse();
    }

    @Test
    void reportsThePlaceOfTheStrongestFeatureAndItsDisguise() {
        assertThat(impersonations(password(titled("PayPal: Log in").image("alt", "PayPal"))))
                .singleElement()
                .satisfies(match -> {
                    assertThat(match.rule()).isEqualTo("brand:paypal@impersonation");
                    assertThat(match.field()).isEqualTo(Field.TITLE);
                    assertThat(match.text()).isEqualTo("PayPal");
                });
        assertThat(impersonations(password(titled("P4yP@l: Log in"))))
                .singleElement()
                .satisfies(match -> assertThat(match.rule()).isEqualTo("brand:paypal@impersonation-leet"));
    }

    @Test
    void leavesOfficialHostsAlone() {
        Pages own = Pages.at("https://www.paypal.com/signin").with(Field.TITLE, "title", "PayPal: Log in");

        assertThat(isImpersonation(password(own))).isFalse();
        assertThat(matcher.impersonations(own.build())).isEmpty();
    }

    @Test
    void ignoresHiddenFieldsAsTheTopOfTheForm() {
        Pages page = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Step 1")
                .hidden(Field.FORM, "name", "sid");

        assertThat(isImpersonation(password(page.image("alt", "PayPal logo")))).isTrue();
    }

    @Test
    void findsNoneWhereKeysOfAServiceAreAskedFor() {
        Pages settings = Pages.at("https://lampy.example/")
                .with(Field.TITLE, "title", "Lampy")
                .with(Field.HEADING, "h2", "PayPal")
                .image("alt", "PayPal logo")
                .with(Field.FORM, "name", "k2")
                .with(Field.FORM, "type", "password");

        assertThat(isImpersonation(settings)).isTrue();
        assertThat(isImpersonation(settings.hidden(Field.FORM, "label", "PayPal client secret")))
                .as("a label that nobody sees is no excuse")
                .isTrue();
        assertThat(isImpersonation(settings.with(Field.FORM, "label", "PayPal client secret")))
                .isFalse();
    }

    @Test
    void knowsTheKeysOfAServiceInOtherLanguages() {
        Pages settings = password(Pages.at("https://lampy.example/")
                .with(Field.TITLE, "title", "Lampy")
                .with(Field.HEADING, "h2", "PayPal")
                .image("alt", "PayPal logo"));

        assertThat(isImpersonation(settings.text("\u5546\u6237\u540d"))).isTrue();
        assertThat(isImpersonation(settings.text("\u5bc6\u94a5:"))).isFalse();
    }

    @Test
    void countsAFormForKeysAsItsShareOfTheFields() {
        Pages page = titled("Login")
                .image("alt", "PayPal logo")
                .with(Field.FORM, "name", "user")
                .with(Field.FORM, "name", "login_password");

        assertThat(value(page, ImpersonationFeature.ASKS_PASSWORD)).isEqualTo(1);
        page.with(Field.FORM, "name", "k1")
                .with(Field.FORM, "label", "API key")
                .with(Field.FORM, "name", "k2")
                .with(Field.FORM, "label", "Client secret");
        assertThat(value(page, ImpersonationFeature.ASKS_PASSWORD)).isEqualTo(0.5);
        assertThat(isImpersonation(page)).isTrue();
    }

    @Test
    void isNotFreedByAnotherMeaningOfTheNameInOneSentence() {
        Matcher travel = Matcher.compile(
                Watchlists.of(
                        Watchlists.BRANDS,
                        List.of(Watchlists.indicator(
                                "context.travel-visa", Indicator.Type.PHRASE, "visa application", "travel-visa", -10))),
                Watchlists.TODAY);
        Pages form = password(titled("Visa: Log in").text("Card number").text("\u00a9 2026 Visa Inc."));

        assertThat(travel.match(form.text("Visa application").build()))
                .anyMatch(match -> match.kind() == Kind.IMPERSONATION);
    }

    /** Everything that speaks against a page is limited together. */
    @Test
    void isNotOutweighedByTheRestOfThePage() {
        Pages page =
                password(titled("PayPal: Log in").image("alt", "PayPal logo").text("\u00a9 2026 PayPal, Inc."));
        int limit = EvidenceTables.builtIn().impersonation().maxAgainstPage();
        int shares =
                EvidenceTables.builtIn().impersonation().feature("brand-share").points();
        int points = points(page);

        page.text("We accept PayPal or cash")
                .text("Pay by Visa Card, Master Card or Amex")
                .text("Master Card")
                .text("Amex")
                .text("Visa Card")
                .text("\u00a9 2026 Lampy")
                .with(Field.HEADING, "h1", "How to build a PayPal clone?")
                .image("alt", "PayPal of Lampy");
        for (int i = 0; i < 6; i++) {
            page.text("We had a letter from PayPal this week that none of us could make out, and so had she.");
        }
        assertThat(points(page)).isBetween(points - limit - shares, points - limit / 2);
        assertThat(isImpersonation(page)).isTrue();
    }

    @Test
    void countsNothingAgainstThatVisitorsDoNotSee() {
        Pages page = password(titled("Odbierz PayPal").image("alt", "PayPal"));
        int points = points(page);

        page.hidden("We accept Visa Card and Master Card")
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
        assertThat(points(page)).isEqualTo(points);
    }

    private Optional<WeighedImpersonation> paypal(Pages page) {
        return matcher.impersonations(page.build()).stream()
                .filter(weighed -> weighed.evidence().brand().equals("paypal"))
                .findFirst();
    }

    private int points(Pages page) {
        return paypal(page).orElseThrow().evidence().sum();
    }

    private double value(Pages page, ImpersonationFeature feature) {
        return paypal(page).orElseThrow().values().getOrDefault(feature, 0.0);
    }

    @Test
    void findsNoneInShopsArticlesAndThreads() {
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
