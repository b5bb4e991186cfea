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

    @Test
    void takesACommonWordForTheFirmWhereItIsUsedAsOne() {
        Pages bare = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Vite + React + TS")
                .text("Discover");

        assertThat(isImpersonation(asksForAPassword(bare), "discover")).isFalse();
        assertThat(isImpersonation(bare.text("to your Discover account"), "discover"))
                .isTrue();
    }

    @Test
    void takesTheSignOfARegisteredMarkForItsOwners() {
        Pages bank = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Vite App")
                .text("Explore cards, see whether you qualify. ".repeat(60))
                .text("Discover\u00ae Knowledge Center");

        assertThat(isImpersonation(asksForAPassword(bank), "discover")).isTrue();
        assertThat(isImpersonation(bank.text("We accept Discover\u00ae"), "discover"))
                .as("a claim beside it")
                .isFalse();
    }

    @Test
    void readsALineOfItsOwnAsAWordmark() {
        Pages refund = untitled().text("MasterCard\nInternational payment system. Refunds department");

        assertThat(isImpersonation(asksForAName(refund).text("Card number"), "mastercard"))
                .isTrue();
    }

    @Test
    void leavesAlonePagesWhereSomebodySetsUpTheBrandsServices() {
        Pages settings = asksForAPassword(untitled().with(Field.HEADING, "h2", "PayPal"));

        assertThat(isImpersonation(settings, "paypal")).isTrue();
        assertThat(isImpersonation(settings.hidden(Field.FORM, "name", "paypal_client_secret"), "paypal"))
                .as("a field that nobody sees is no excuse")
                .isTrue();
        assertThat(isImpersonation(settings.with(Field.FORM, "name", "paypal_client_secret"), "paypal"))
                .isFalse();
    }

    @Test
    void takesAPageOfNothingButATitleThatSignsInForOne() {
        Pages wait = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Logging in - PayPal")
                .text("One moment...");

        assertThat(isImpersonation(wait, "paypal")).isTrue();
        assertThat(isImpersonation(wait.with(Field.LINK, "a", "Add to cart"), "paypal"))
                .as("a shop's")
                .isFalse();
        assertThat(isImpersonation(
                        Pages.at("https://b7.example/").with(Field.TITLE, "title", "PayPal login buttons, compared"),
                        "paypal"))
                .isFalse();
    }

    @Test
    void mindsOnlyClaimsBesideTheName() {
        Pages form = asksForAPassword(Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "\u30ed\u30b0\u30a4\u30f3")
                .text("PayPal"));

        for (int link = 0; link < 5; link++) {
            form.text("\u30d8\u30eb\u30d7");
        }
        assertThat(isImpersonation(form.text("\u500b\u4eba\u60c5\u5831\u306e\u53d6\u6271\u3044"), "paypal"))
                .isTrue();
    }

    @Test
    void readsAWordmarkWithItsInitials() {
        Pages form = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "login")
                .text("P P Pay Pal");

        assertThat(isImpersonation(asksForAPassword(form), "paypal")).isTrue();
    }

    @Test
    void takesLettersForANameWhereTheLogoIsDrawnToo() {
        Pages upload = Pages.at("https://b7.example/").with(Field.TITLE, "title", "Login - JCB Internet Banking");

        assertThat(isImpersonation(upload.image("alt", "JCB logo").with(Field.FORM, "name", "idphoto"), "jcb"))
                .isTrue();
    }

    @Test
    void takesAStepThatTheBrandAloneHeadsForItsOwn() {
        Pages step = asksForAName(Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "React App")
                .image("alt", "PayPal Logo"));

        assertThat(isImpersonation(step, "paypal")).isTrue();
        assertThat(isImpersonation(step.with(Field.JSON_LD, "Offer.price", "9.99"), "paypal"))
                .as("something is sold")
                .isFalse();
    }

    @Test
    void takesAnEntryBelowSentencesForNoWordmark() {
        Pages table = untitled().text("What is taken for each payment depends on the country. ".repeat(3));

        assertThat(isImpersonation(asksForAPassword(table.text("PayPal")), "paypal"))
                .isFalse();
    }
}
