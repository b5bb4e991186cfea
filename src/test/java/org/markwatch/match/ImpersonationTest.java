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
        Pages settings = untitled()
                .with(Field.HEADING, "h2", "PayPal")
                .with(Field.FORM, "name", "k2")
                .with(Field.FORM, "type", "password");

        assertThat(isImpersonation(settings, "paypal")).isTrue();
        assertThat(isImpersonation(settings.hidden(Field.FORM, "name", "paypal_client_secret"), "paypal"))
                .as("a field that nobody sees is no excuse")
                .isTrue();
        assertThat(isImpersonation(settings.with(Field.FORM, "name", "paypal_client_secret"), "paypal"))
                .as("nor is one that nothing visible speaks of")
                .isTrue();
        assertThat(isImpersonation(settings.with(Field.FORM, "label", "PayPal client secret"), "paypal"))
                .isFalse();
    }

    @Test
    void takesOneFieldForAKeyBesideAPasswordForNoSetting() {
        Pages copy = untitled()
                .with(Field.HEADING, "h1", "PayPal")
                .with(Field.FORM, "name", "login_password")
                .with(Field.FORM, "placeholder", "API key");

        assertThat(isImpersonation(copy, "paypal")).isTrue();
        assertThat(isImpersonation(copy.text("API Username").text("API Signature"), "paypal"))
                .as("more than one")
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

    /** What a copy could add that nobody sees, or that names nobody. */
    @Test
    void isNotTalkedOutOfWhatVisitorsSee() {
        Pages copy = asksForAPassword(Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Odbierz PayPal")
                .image("alt", "PayPal"));

        assertThat(isImpersonation(copy, "paypal")).isTrue();
        assertThat(isImpersonation(copy.hidden("We accept Visa and Mastercard"), "paypal"))
                .as("a claim that markup hides")
                .isTrue();
        assertThat(isImpersonation(copy.image("class", "minicart"), "paypal"))
                .as("a class")
                .isTrue();
        assertThat(isImpersonation(copy.with(Field.META, "article:published_time", "2026-01-01"), "paypal"))
                .as("metadata of an article")
                .isTrue();
        assertThat(isImpersonation(copy.with(Field.LINK, "a", "Add to cart"), "paypal"))
                .as("a shop's")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://x1.chat/, PayPal - Live chat, x",
        "https://account-limited.example/, PayPal: account limited, x",
        "https://b7.example/, PayPal: your account, Your account"
    })
    void takesWordsOfSigningInForNobodysName(String url, String title, String siteName) {
        Pages copy = asksForAPassword(
                Pages.at(url).with(Field.TITLE, "title", title).with(Field.OPEN_GRAPH, "og:site_name", siteName));

        assertThat(isImpersonation(copy, "paypal")).isTrue();
    }

    @Test
    void knowsOnlyTheBrandToAskForItsPassword() {
        Pages shop = Pages.at("https://lamps.example/checkout")
                .with(Field.TITLE, "title", "Checkout - Lamps")
                .with(Field.LINK, "a", "Back to cart")
                .with(Field.FORM, "name", "password");

        assertThat(isImpersonation(shop.with(Field.HEADING, "h3", "Log in with PayPal"), "paypal"))
                .as("a password before it is the shop's")
                .isFalse();
        assertThat(isImpersonation(
                        shop.with(Field.HEADING, "h3", "Your orders").with(Field.FORM, "id", "password"), "paypal"))
                .as("so is one below another heading")
                .isFalse();
        assertThat(isImpersonation(shop.with(Field.FORM, "label", "PayPal password"), "paypal"))
                .isTrue();
        assertThat(isImpersonation(
                        Pages.at("https://lamps.example/pay")
                                .with(Field.TITLE, "title", "Lamps")
                                .with(Field.HEADING, "h3", "Log in to PayPal")
                                .with(Field.FORM, "placeholder", "Password"),
                        "paypal"))
                .isTrue();
    }

    @Test
    void takesAWaitingPageBelowTheBrandsNameAndLogoForOne() {
        Pages wait = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "American Express")
                .image("alt", "American Express");

        assertThat(isImpersonation(wait, "amex")).as("nothing is said").isFalse();
        assertThat(isImpersonation(wait.text("Your account is under review, please wait"), "amex"))
                .isTrue();
        assertThat(isImpersonation(wait.text("American Express is a firm of New York. ".repeat(30)), "amex"))
                .as("an article")
                .isFalse();
    }

    @Test
    void takesACommonWordForTheFirmOnlyWhereCardsAreSpokenOf() {
        Pages tool = asksForAPassword(Pages.at("https://tool.example/")
                .with(Field.TITLE, "title", "Sign in - Discover")
                .with(Field.HEADING, "h1", "Discover"));

        assertThat(isImpersonation(tool, "discover")).isFalse();
        assertThat(isImpersonation(tool.text("Your card"), "discover")).isTrue();
    }

    @Test
    void letsTheOwnerOfTheRightsSell() {
        Pages home = asksForAName(Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Odbierz bon")
                .image("alt", "PayPal")
                .text("We accept Visa. PayPal is taken in many shops.")
                .with(Field.LINK, "a", "Add to cart"));

        assertThat(isImpersonation(home, "paypal")).isFalse();
        assertThat(isImpersonation(home.text("\u00a9 2026 PayPal, Inc."), "paypal"))
                .isTrue();
        assertThat(isImpersonation(home.text("\u00a9 2026 Lampy"), "paypal"))
                .as("and somebody else's")
                .isFalse();
    }

    @Test
    void takesANamelessPageWhoseHeadingsNameNobodyElse() {
        Pages landing = asksForAPassword(Pages.at("https://b7.example/")
                .text("Lorem ipsum dolor sit amet, consectetur adipisicing elit. ".repeat(30))
                .with(Field.HEADING, "h1", "PayPal is for everyone who pays"));

        assertThat(isImpersonation(landing, "paypal")).isFalse();
        assertThat(isImpersonation(landing.with(Field.HEADING, "h2", "Get started with PayPal"), "paypal"))
                .isTrue();
    }

    @Test
    void takesAHomePageThatTheBrandClaimsForACopyThoughNothingIsAskedThere() {
        Pages home = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "PayPal \u2013 Odbierz bon")
                .image("aria-label", "PayPal home")
                .text("PayPal is for everyone. ".repeat(60));

        assertThat(isImpersonation(home, "paypal")).isFalse();
        assertThat(isImpersonation(home.text("\u00a9 2026 PayPal, Inc."), "paypal"))
                .isTrue();
    }

    @Test
    void takesAPrizeInTheBrandsNameForOne() {
        Pages prize = Pages.at("https://b7.example/").with(Field.TITLE, "title", "PAYPAL REWARD");

        assertThat(isImpersonation(prize, "paypal")).isFalse();
        assertThat(isImpersonation(prize.text("Thank you for your account's first year"), "paypal"))
                .isTrue();
    }

    @Test
    void takesAWaitingPageThatNamesTheBrandBelowATitleOfNobodys() {
        Pages wait = Pages.at("https://b7.example/").with(Field.TITLE, "title", "Please wait");
        String wording = "Your account is being verified, please do not close this page";

        assertThat(isImpersonation(wait.text(wording), "paypal")).isFalse();
        assertThat(isImpersonation(
                        Pages.at("https://b7.example/")
                                .with(Field.TITLE, "title", "Please wait")
                                .image("alt", "PayPal")
                                .text(wording),
                        "paypal"))
                .as("shops thank below such a logo")
                .isFalse();
        Pages headed = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Please wait")
                .with(Field.HEADING, "h1", "PayPal");
        assertThat(isImpersonation(headed, "paypal")).isFalse();
        assertThat(isImpersonation(headed.text(wording), "paypal")).isTrue();
    }

    @Test
    void takesATitleThatNamesWhatIsAskedForTheBrandsUnlessItIsToPay() {
        Pages status = asksForAName(
                Pages.at("https://b7.example/").with(Field.TITLE, "title", "American Express | Transfer status"));
        Pages payment =
                asksForAName(Pages.at("https://b7.example/").with(Field.TITLE, "title", "American Express payment"));

        assertThat(isImpersonation(status, "amex")).isTrue();
        assertThat(isImpersonation(payment, "amex")).isFalse();
    }

    @Test
    void takesAWayToPayThatMayBeChosenForNoWordmark() {
        Pages choice = Pages.at("https://b7.example/").with(Field.TITLE, "title", "Payment");

        assertThat(isImpersonation(
                        asksForAName(choice.text("Debit/Credit Card").text("PayPal"))
                                .text("Card number"),
                        "paypal"))
                .isFalse();
        assertThat(isImpersonation(
                        asksForAName(Pages.at("https://b7.example/")
                                        .with(Field.TITLE, "title", "Payment")
                                        .text("PayPal"))
                                .text("Card number"),
                        "paypal"))
                .isTrue();
    }

    @Test
    void takesAThreadAboutAnAccountBesideAFormForMembersForNoCopy() {
        Pages thread = asksForAPassword(Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "American Express account limited")
                .with(Field.HEADING, "h1", "American Express account limited"));
        String post = "I wrote to American Express last week since my account was limited, and have no answer so far. "
                + "Has anybody heard from them?";

        assertThat(isImpersonation(thread.text(post), "amex")).isTrue();
        assertThat(isImpersonation(thread.text("Same here. " + post), "amex")).isFalse();
    }

    @Test
    void takesTheScriptOfABrandForNoSignThatAPageIsItsOwn() {
        Pages demo = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "PayPal")
                .with(Field.SCRIPT, "src", "www.paypal.com/sdk/js");

        assertThat(isImpersonation(demo, "paypal")).isFalse();
        assertThat(isImpersonation(demo.with(Field.SCRIPT, "stylesheet", "www.paypalobjects.com/a.css"), "paypal"))
                .isTrue();
    }

    @Test
    void takesWhoSendsVisitorsToABrandForNoCopyOfItsWaitingRoom() {
        String wording = "Thank you for your order. You will see the payment page in a moment, please wait.";
        Pages shop = Pages.at("https://b7.example/").with(Field.TITLE, "title", "Redirecting to PayPal...");
        Pages copy = Pages.at("https://b7.example/").with(Field.TITLE, "title", "Redirecting... - PayPal");
        Pages headed = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Please wait")
                .with(Field.HEADING, "h2", "Redirecting to PayPal");

        assertThat(isImpersonation(shop.text(wording), "paypal")).isFalse();
        assertThat(isImpersonation(asksForAName(shop), "paypal")).isFalse();
        assertThat(isImpersonation(copy.text(wording), "paypal")).isTrue();
        assertThat(isImpersonation(headed.text(wording), "paypal")).isFalse();
    }
}
