package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Field;

/** Pages that pretend to be a brand's without saying so in the title. */
class ImpersonationTest {
    private final Matcher matcher = Matcher.compile(Watchlists.of(Watchlists.BRANDS, List.of()), Watchlists.TODAY);

    private boolean isImpersonation(Pages page, String brand) {
        return matcher.match(page.build()).stream()
                .anyMatch(match -> brand.equals(match.brand()) && match.kind() == Kind.IMPERSONATION);
    }

    private static Pages untitled() {
        return Pages.at("https://b7.example/").with(Field.TITLE, "title", "Odbierz bon 2000");
    }

    private static Pages asksForAPassword(Pages page) {
        return page.with(Field.FORM, "name", "pw").with(Field.FORM, "type", "password");
    }

    private static Pages asksForAName(Pages page) {
        return page.with(Field.FORM, "name", "fullname");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE, apple-touch-icon, www.paypalobjects.com/icon.png",
        "SCRIPT, stylesheet, www.paypalobjects.com/login.css",
        "LINK, canonical, www.paypal.com/signin",
        "LINK, saved-from, www.paypal.com/signin",
        "OPEN_GRAPH, og:site_name, PayPal Polska",
        "TEXT, p, '\u00a9 1999-2026 PayPal, Inc.'",
        "HEADING, h3, PayPal Login"
    })
    void needsOneSureSignWhereASecretIsAskedFor(Field field, String detail, String sign) {
        assertThat(isImpersonation(asksForAPassword(untitled().with(field, detail, sign)), "paypal"))
                .isTrue();
        assertThat(isImpersonation(untitled().with(field, detail, sign), "paypal"))
                .as("nothing is asked for")
                .isFalse();
    }

    @Test
    void needsTwoWhereOnlyANameIsAskedFor() {
        assertThat(isImpersonation(asksForAName(untitled().text("\u00a9 2026 PayPal")), "paypal"))
                .isFalse();
        assertThat(isImpersonation(
                        asksForAName(
                                untitled().text("\u00a9 2026 PayPal").image("icon", "www.paypalobjects.com/icon.png")),
                        "paypal"))
                .isTrue();
        assertThat(isImpersonation(
                        asksForAName(untitled().image("alt", "PayPal").text("\u00a9 2026 PayPal")), "paypal"))
                .isTrue();
    }

    @Test
    void readsTheLabelsOfFieldsForSecrets() {
        Pages page = untitled().text("PayPal").with(Field.FORM, "name", "k1");

        assertThat(isImpersonation(page, "paypal")).isFalse();
        assertThat(isImpersonation(page.text("Номер карты"), "paypal")).isTrue();
    }

    @Test
    void takesAFieldToSearchInForNoQuestion() {
        Pages article = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "PayPal account")
                .with(Field.FORM, "name", "q")
                .with(Field.FORM, "placeholder", "Search");

        assertThat(isImpersonation(article, "paypal")).isFalse();
        assertThat(isImpersonation(asksForAName(article), "paypal")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"LINK, Add to cart", "TEXT, We accept Visa Card", "TEXT, \u00a9 2026 Acme Garden Club"})
    void countsWhatStandsAboveTheFormOnlyOnAPageThatIsNobodyElses(Field field, String otherwise) {
        assertThat(isImpersonation(asksForAPassword(untitled().image("alt", "PayPal")), "paypal"))
                .isTrue();
        assertThat(isImpersonation(
                        asksForAPassword(untitled().image("alt", "PayPal").with(field, "a", otherwise)), "paypal"))
                .isFalse();
        assertThat(isImpersonation(asksForAPassword(untitled()).image("alt", "PayPal"), "paypal"))
                .as("below the form")
                .isFalse();
    }

    @Test
    void takesTheNameOfAProgrammeForOneThatAsksForTheCode() {
        Pages challenge = untitled().image("alt", "Mastercard Identity Check").text("Amount: 249.00");

        assertThat(isImpersonation(asksForAPassword(challenge), "mastercard")).isTrue();
    }

    @Test
    void letsATitleSayForWhichCountryItIs() {
        Pages form =
                Pages.at("https://b7.example/").with(Field.TITLE, "title", "American Express Deutschland | Anmelden");

        assertThat(isImpersonation(asksForAPassword(form), "amex")).isTrue();
    }

    @Test
    void takesCommonWordsForNoSign() {
        Pages school = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Maestro - Sign in")
                .with(Field.HEADING, "h1", "Maestro")
                .text("\u00a9 2026 Maestro Music School");
        Pages machines = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Discover")
                .text("Discover");

        assertThat(isImpersonation(asksForAName(school), "maestro")).isFalse();
        assertThat(isImpersonation(asksForAPassword(machines), "discover")).isFalse();
    }

    @Test
    void leavesAnEncyclopediaAlone() {
        Pages article = Pages.at("https://kb.example/")
                .with(Field.TITLE, "title", "PayPal - \u5f00\u653e\u767e\u79d1")
                .with(Field.FORM, "name", "wpName")
                .text("PayPal is a firm. ".repeat(60));

        assertThat(isImpersonation(article, "paypal")).isFalse();
    }
}
