package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

class BrandUsesTest {
    private static final Indicator METHODS =
            Watchlists.indicator("acceptance.methods", Indicator.Type.PHRASE, "payment methods", "acceptance", 4);
    private static final Indicator BASKET =
            Watchlists.indicator("shop.basket", Indicator.Type.PHRASE, "add to basket", "checkout", 1);
    private final Matcher matcher =
            Matcher.compile(Watchlists.of(Watchlists.BRANDS, List.of(METHODS, BASKET)), Watchlists.TODAY);

    private Set<String> uses(Pages page) {
        return matcher.match(page.build()).stream()
                .filter(match -> match.brand() != null)
                .map(match -> match.brand() + " " + match.kind().label())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean says(Pages page, String brand, Kind kind) {
        return uses(page).contains(brand + " " + kind.label());
    }

    @Test
    void readsWhatStandsBeforeAndBehindAnyNumberOfNamesAndMarks() {
        Pages names = Pages.page();
        Pages marks = Pages.page();
        for (int i = 0; i < 3_000; i++) {
            names.text("PayPal");
            marks.image("src", "img/" + i + "/visa.svg");
        }
        marks.text("We accept").image("src", "payment/paypal.svg");

        assertThat(says(names.text("We accept Mastercard"), "mastercard", Kind.ACCEPTANCE))
                .isTrue();
        assertThat(uses(marks)).anyMatch(use -> use.startsWith("paypal "));
    }

    @Test
    void readsWhatVisitorsSeeBeforeWhatMarkupHides() {
        Pages page = Pages.page();
        for (int i = 0; i < 1_000; i++) {
            page.hidden("Since 1998 PayPal");
        }
        assertThat(says(page.text("All sets: 25 USD via PayPal"), "paypal", Kind.ACCEPTANCE))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Apply for your travel visa at the embassy",
                "We accept visa applications by post",
                "Discover our collection",
                "We do not accept Visa",
                "Maestro Rossi conducts tonight",
                "Visa mer information om boken",
                "Televisa and revisar and Invisalign in Visayas with visage"
            })
    void saysNothingOfCommonWords(String text) {
        assertThat(uses(Pages.page().text(text))).as(text).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"We accept PayPal.", "We accept PayPal, Visa and Mastercard."})
    void knowsTheWordingOfTheSpeaker(String text) {
        assertThat(matcher.candidates(Pages.page().text(text).build()).get("paypal"))
                .anyMatch(candidate -> candidate.features().has(UseFeature.OWN_WORDING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Have a credit card ready (PayPal, Visa or Mastercard).",
                "We take most cards here [Visa, PayPal]"
            })
    void takesARowInBracketsForTheCardsBeforeThem(String text) {
        assertThat(matcher.candidates(Pages.page().text(text).build()).get("paypal"))
                .anyMatch(candidate -> candidate.features().has(UseFeature.CARDS_NAMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"हम पेपर पर PayPal लेते हैं। यहाँ Visa?", "نقبل PayPal هنا۔ Visa؟"})
    void endsSentencesAtSignsOfOtherScripts(String text) {
        assertThat(matcher.candidates(Pages.page().text(text).build()).get("paypal"))
                .noneMatch(candidate -> candidate.features().has(UseFeature.ASKED));
    }

    @Test
    void takesAmountsInACoinForNoMentions() {
        Pages prices = Pages.page();
        Pages news = Pages.page();
        for (int row = 1; row <= 5; row++) {
            prices.text("Plan " + row + " with all extras: 5 PayPal");
            news.text("Plan " + row + " with all extras by PayPal");
        }

        assertThat(mentions(prices)).isZero();
        assertThat(mentions(news)).isPositive();
    }

    private double mentions(Pages page) {
        return matcher.candidates(page.build()).values().stream()
                .flatMap(List::stream)
                .mapToDouble(candidate -> candidate.features().get(UseFeature.MENTIONS))
                .max()
                .orElseThrow();
    }

    @Test
    void endsARowOfCommasAtASemicolon() {
        Pages page = Pages.page().text("We accept Master Card, American Express; PayPal is no longer taken.");

        assertThat(uses(page))
                .contains("mastercard acceptance", "amex acceptance")
                .doesNotContain("paypal acceptance");
    }

    @Test
    void readsARowOfNamesBehindWordingOfPayingInACaption() {
        assertThat(matcher.candidates(Pages.page()
                                .image("alt", "Donate – PayPal, Master Card, American Express")
                                .build())
                        .get("paypal"))
                .anyMatch(candidate -> candidate.mark() == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paypal3x.png", "paypal-64x40.png", "paypaljpg.svg", "001_paypal2x.png"})
    void readsSizesAndExtensionsInNamesOfFiles(String file) {
        assertThat(matcher.candidates(Pages.page().image("src", "img/" + file).build()))
                .containsKey("paypal");
    }

    @Test
    void takesNamesInProseForMentionsOnly() {
        Pages page =
                Pages.page().text("Shares of Visa and Mastercard rose on Tuesday, while PayPal fell after its report.");

        assertThat(uses(page)).containsExactly("mastercard mention", "paypal mention", "visa mention");
    }

    @Test
    void readsPaymentAcceptedOfStructuredData() {
        Pages page = Pages.page()
                .with(Field.JSON_LD, "paymentAccepted", "Cash, VISA, MasterCard")
                .with(Field.JSON_LD, "acceptedPaymentMethod", "http://purl.org/goodrelations/v1#AmericanExpress");

        assertThat(uses(page)).contains("visa acceptance", "mastercard acceptance", "amex acceptance");
    }

    @ParameterizedTest
    @CsvSource({
        "allowedCardNetworks[], 'allowed card networks: PayPal', true",
        "shop.paymentMethods.list[], 'list: PayPal', true",
        "brands[], 'brands: PayPal, mc', true",
        "brands[], 'brands: PayPal', false",
        "brands[], 'brands: PayPal, mc, Lantern Bikes', false",
        "sizes[], 'sizes: PayPal, mc', false",
        "allowedCardNetworks, PayPal, false",
    })
    void readsListsOfScriptDataByTheirNames(String detail, String text, boolean accepted) {
        assertThat(matcher.candidates(Pages.page()
                                .with(Field.SCRIPT_DATA, detail, text)
                                .build())
                        .get("paypal"))
                .extracting(candidate -> candidate.features().has(UseFeature.STRUCTURED_DATA))
                .containsOnly(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "src, img/VisaMC_logo-2x.png, visa",
        "src, icons/american_express.svg, amex",
        "src, footer/AmericanExpress@2x.png, amex",
        "src, img/mastercrd.png, mastercard",
        "src, payments/visa.svg, visa",
        "src, img/payment-visa.3f2a9c1b.svg, visa",
        "src, img/paypal_64x40.png, paypal",
        "srcset, cdn.example/card-icons/visa.png, visa",
        "class, fa fa-cc-visa, visa",
        "class, payment-icon payment-icon--visa, visa",
        "class, pi pi-paypal, paypal",
        "use, icon-payment-visa, visa",
        "src, img/sprite.svg#pay-visa, visa",
        "alt, Visa card logo, visa",
        "alt, PayPal, paypal",
        "aria-label, Pay with Visa, visa",
        "css-url, img/mastercard.svg, mastercard",
        "src, brands/paypal/logo.svg, paypal",
    })
    void recognisesLogoByReference(String detail, String reference, String brand) {
        assertThat(says(Pages.page().image(detail, reference), brand, Kind.LOGO))
                .as(reference)
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "src, img/televisa.png",
        "src, img/revisar-pedido.png",
        "src, blog/invisalign.jpg",
        "src, img/visayas-beach.jpg",
        "src, img/travel-visa.jpg",
        "src, img/visa-application.png",
        "src, img/visage.png",
        "class, hvISAT",
        "class, css-1jcb8x",
        "class, sc-hvISAT jcbXyz",
        "class, bi bi-cup",
        "class, bi bi-cup-fill",
        "class, ri-compass-discover-fill",
        "class, player-maestro",
        "src, img/cup.svg",
        "src, img/master.png",
        "src, img/mc.svg",
        "src, img/R0lGODlhjcbAQABAIAAAAAAAP.png",
        "alt, Discover our collection",
        "alt, Travel visa for Spain",
        "alt, Maestro on stage",
        "class, discover",
    })
    void staysQuietAtTraps(String detail, String reference) {
        assertThat(uses(Pages.page().text("Add to basket").image(detail, reference)))
                .as(reference)
                .isEmpty();
    }

    @Test
    void believesAbbreviationBesideAnotherLogo() {
        Pages beside = Pages.page()
                .image("src", "img/paypal.svg")
                .image("src", "img/mc.svg")
                .image("src", "img/cup.svg");

        assertThat(uses(beside)).contains("mastercard logo", "unionpay logo");
    }

    @Test
    void takesPageThatPresentsItselfAsBrandForImpersonation() {
        Pages page = Pages.at("https://account-check.example/signin")
                .with(Field.TITLE, "title", "Log in to your PayPal account")
                .with(Field.HEADING, "h1", "PayPal")
                .with(Field.FORM, "type", "password");

        assertThat(says(page, "paypal", Kind.IMPERSONATION)).isTrue();
    }

    @Test
    void doesNotTakeArticleAboutBrandForImpersonation() {
        Pages page = Pages.at("https://www.gazette.example/wiki/PayPal")
                .with(Field.TITLE, "title", "PayPal - Gazette")
                .with(Field.HEADING, "h1", "PayPal")
                .with(Field.FORM, "type", "password");
        Pages review = Pages.at("https://reviews.example/")
                .with(Field.TITLE, "title", "PayPal review: fees and limits")
                .with(Field.FORM, "type", "password");

        assertThat(says(page, "paypal", Kind.IMPERSONATION)).isFalse();
        assertThat(says(review, "paypal", Kind.IMPERSONATION)).isFalse();
    }

    @Test
    void neverTakesOfficialHostForImpersonationOrLookalike() {
        Pages page = Pages.at("https://www.paypal.com/signin")
                .with(Field.TITLE, "title", "PayPal: Log in")
                .with(Field.FORM, "type", "password");

        assertThat(uses(page)).doesNotContain("paypal impersonation", "paypal lookalike-host");
    }

    @Test
    void reportsHotLinkedAssetAndFormThatPaysToTheBrand() {
        Pages page = Pages.page()
                .image("src", "www.paypalobjects.com/images/banner.png")
                .with(Field.FORM, "action", "www.paypal.com/cgi-bin/webscr");

        assertThat(uses(page)).contains("paypal asset", "paypal acceptance");
    }

    @ParameterizedTest
    @CsvSource({
        "paypal-login.example, paypal",
        "paypaal-login.example, paypal",
        "paypal.com.verify.example, paypal",
        "paypal.shop, paypal",
        "paypa1.com, paypal",
        "paypall.com, paypal",
        "mastercand-money.example, mastercard",
        "master-cand.money.example, mastercard",
        "www.paypall.intern, paypal",
        "apypal.com, paypal",
        "xn--pypal-4ve.com, paypal",
        "mastercard-support.co.uk, mastercard",
        "rnastercard.com, mastercard",
        "securepaypalsignin.com, paypal",
        "visa-login.example, visa",
        "visa.com.checkout.example, visa",
    })
    void tellsLookalikeHosts(String host, String brand) {
        assertThat(says(Pages.at("https://" + host + "/"), brand, Kind.LOOKALIKE_HOST))
                .as(host)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.paypal.com",
                "visa-services.example",
                "paypaal-garden.example",
                "travelvisa.example",
                "discovery.com",
                "discover-spain.example",
                "televisa.com",
                "maestra.it",
                "postcard.example",
                "cbusa.example",
                "global-news.example",
                "postcards-club.example",
                "globalnet.example",
                "secure.lampy.example",
                "mail.secure.com"
            })
    void letsOtherHostsBe(String host) {
        assertThat(uses(Pages.at("https://" + host + "/")).stream().filter(use -> use.endsWith("lookalike-host")))
                .as(host)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"alt, 万事达卡, mastercard", "alt, カード決済 ビザカード, visa", "title, Zahlungsarten: Visa, visa"})
    void readsCaptionsOfOtherLanguages(String detail, String caption, String brand) {
        assertThat(says(Pages.page().text("only 12.00 EUR").image(detail, caption), brand, Kind.ACCEPTANCE))
                .as(caption)
                .isTrue();
    }

    @Test
    void takesDetailsOfABankAccountForAClaim() {
        Pages page =
                Pages.page().text("Bank").text("PayPal").text("Account number").text("12 345 678");

        assertThat(says(page, "paypal", Kind.ACCEPTANCE)).isTrue();
        assertThat(says(Pages.page().text("PayPal").text("Account settings, 24"), "paypal", Kind.ACCEPTANCE))
                .isFalse();
    }

    @Test
    void takesAnAddressBehindANameForAClaim() {
        assertThat(says(Pages.page().text("A print is $30. PayPal to prints@store.example"), "paypal", Kind.ACCEPTANCE))
                .isTrue();
    }

    @Test
    void believesCommonWordAmongIconsOfACart() {
        assertThat(says(Pages.page().image("src", "img/visa.png"), "visa", Kind.ACCEPTANCE))
                .isFalse();
        assertThat(says(
                        Pages.page().image("class", "minicart").text("5.00 USD").image("src", "img/visa.png"),
                        "visa",
                        Kind.ACCEPTANCE))
                .isTrue();
    }

    @Test
    void takesNamelessFormUnderOneLogoForImpersonation() {
        Pages form = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Login")
                .image("class", "paypal-logo")
                .with(Field.FORM, "type", "password");

        assertThat(says(form, "paypal", Kind.IMPERSONATION)).isTrue();
        assertThat(says(form.image("class", "fa-cc-mastercard"), "paypal", Kind.IMPERSONATION))
                .as("one other logo frees no page")
                .isTrue();
        assertThat(says(
                        form.image("class", "fa-cc-amex")
                                .image("class", "fa-cc-jcb")
                                .image("class", "fa-cc-discover"),
                        "paypal",
                        Kind.IMPERSONATION))
                .isFalse();
    }

    @Test
    void leavesAlonePossessives() {
        assertThat(uses(Pages.page().text("We accept the masters' card"))).isEmpty();
    }

    @Test
    void takesAppThatGoesByACommonWordForNoBrand() {
        Pages app = Pages.at("https://discover-insights.example/login")
                .with(Field.TITLE, "title", "Discover - Sign in")
                .with(Field.HEADING, "h1", "Sign in to Discover Insights")
                .with(Field.FORM, "type", "password");

        assertThat(says(app, "discover", Kind.IMPERSONATION)).isFalse();
        assertThat(says(app.text("Transfer money, check your card and its balance"), "discover", Kind.IMPERSONATION))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"src, img/google-play.svg", "src, img/googleplay-badge.png", "alt, Google Play", "class, google-play"})
    void tellsNamesOfOthersThatAreOneLetterAway(String detail, String reference) {
        Matcher google =
                Matcher.compile(Watchlists.of(List.of(Watchlists.GOOGLE_PAY), List.of(BASKET)), Watchlists.TODAY);
        Pages page = Pages.at("https://maps.google.com/").text("Add to basket");

        assertThat(google.match(page.image("src", "img/googel-pay.svg").build()))
                .anyMatch(match -> match.brand() != null);
        assertThat(google.match(Pages.at("https://maps.google.com/")
                        .text("Add to basket")
                        .image(detail, reference)
                        .build()))
                .noneMatch(match -> match.brand() != null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Online shops accept Visa, PayPal and Mastercard.",
                "Accept Visa, PayPal and Mastercard in your store",
                "I tried to pay with PayPal"
            })
    void tellsWhatOthersTake(String text) {
        assertThat(uses(Pages.page().text("Add to basket").text(text)))
                .as(text)
                .noneMatch(use -> use.endsWith(" acceptance"));
    }

    @Test
    void takesNoPasswordForACart() {
        Pages forum = Pages.page().text("We accept PayPal").with(Field.FORM, "type", "password");

        assertThat(hasCart(forum)).isFalse();
        assertThat(hasCart(forum.with(Field.LINK, "a", "Add to cart"))).isTrue();
    }

    private boolean hasCart(Pages page) {
        return matcher.candidates(page.build()).values().stream()
                .flatMap(List::stream)
                .anyMatch(candidate -> candidate.features().has(UseFeature.CART));
    }

    @Test
    void readsTheWordsBesideAnIcon() {
        Pages travel = Pages.page()
                .text("Add to basket")
                .image("class", "icon-visa")
                .with(Field.LINK, "a", "Visa information");

        assertThat(says(travel, "visa", Kind.LOGO)).isFalse();
    }

    @Test
    void readsARowOfBrandsAmongOtherWays() {
        Pages row = Pages.page().text("Add to basket").text("Cash on delivery PayPal Discover Visa");

        assertThat(uses(row)).contains("paypal acceptance", "discover acceptance", "visa acceptance");
    }

    @Test
    void takesAHostOfWordsOfSigningInForNobodyElsesName() {
        Pages page = Pages.at("https://card-accountcenter.example/")
                .with(Field.TITLE, "title", "American Express Card: Account Center Log In")
                .with(Field.FORM, "type", "password");

        assertThat(says(page, "amex", Kind.IMPERSONATION)).isTrue();
    }

    private static Brand bank(String id, String name) {
        return new Brand(id, name, List.of(), List.of(), List.of(id), List.of(), List.of(), List.of(), true);
    }

    @Test
    void takesANameBehindAnAmountForAClaim() {
        assertThat(uses(Pages.page().text("All sets: 25 USD via PayPal or Discover")))
                .contains("paypal acceptance", "discover acceptance");
        assertThat(says(Pages.page().text("She sent 900 USD via PayPal to a stranger"), "paypal", Kind.ACCEPTANCE))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "src, img/mc.gif, src, img/visa.gif",
        "src, up/amex.png, src, up/visa.png",
        "class, sprite-cc visa, class, sprite-cc amex",
    })
    void believesTwoFilesOfAFolderThatNameMarks(String detail, String first, String other, String second) {
        Pages pair = Pages.page().image(detail, first).image(other, second);

        assertThat(says(pair, "visa", Kind.ACCEPTANCE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "img/cards_visa_mastercard_troy.png",
                "img/19_mastercard_visa_elo.png",
                "img/2908223_bank_card_credit card_visa_icon.png"
            })
    void readsFileNamesWithSpacesAndMarksOfOthers(String file) {
        assertThat(says(Pages.page().image("src", file), "visa", Kind.ACCEPTANCE))
                .as(file)
                .isTrue();
    }

    @Test
    void takesAStoredCardForNoOffer() {
        Pages wallet =
                Pages.page().text("My cards").image("class", "fa-cc-visa").text("\u2022\u2022\u2022\u2022 4821");

        assertThat(says(wallet, "visa", Kind.ACCEPTANCE)).isFalse();
        assertThat(says(
                        Pages.page()
                                .text("My cards")
                                .image("class", "fa-cc-visa")
                                .text("Card ending in 4821"),
                        "visa",
                        Kind.ACCEPTANCE))
                .isFalse();
        assertThat(says(wallet.with(Field.FORM, "autocomplete", "cc-number"), "visa", Kind.ACCEPTANCE))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sorry, we do not accept PayPal, Visa or any other cards.",
                "Bei uns weder Visa noch PayPal, nur Überweisung."
            })
    void readsARefusalUnderATitleOfPaying(String text) {
        Pages page = Pages.page().with(Field.HEADING, "h2", "Payment methods").text(text);

        assertThat(says(page, "paypal", Kind.ACCEPTANCE)).as(text).isFalse();
    }

    @Test
    void takesLinkThatPaysSomebodyForAClaim() {
        assertThat(says(
                        Pages.page().with(Field.LINK, "href", "https://www.paypal.com/donate/?id=1"),
                        "paypal",
                        Kind.ACCEPTANCE))
                .isTrue();
        assertThat(says(
                        Pages.page().with(Field.LINK, "href", "https://www.paypal.com/us/about"),
                        "paypal",
                        Kind.ACCEPTANCE))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PayPal, password", "'\u00a9 1999-2026 PayPal, Inc. All rights reserved.', cc-number"})
    void takesNamelessFormThatTheBrandSignsForImpersonation(String text, String asked) {
        Pages form = Pages.at("https://b7.example/")
                .with(Field.TITLE, "title", "Sign in")
                .with(Field.FORM, asked.equals("password") ? "type" : "autocomplete", asked)
                .text(text);

        assertThat(says(form, "paypal", Kind.IMPERSONATION)).isTrue();
        assertThat(says(form.text("or with Visa Card"), "paypal", Kind.IMPERSONATION))
                .as("one text that names another brand frees no page")
                .isTrue();
    }

    @Test
    void takesTitleOfSigningInToABrandForImpersonation() {
        Pages form = Pages.at("https://b7.example/").with(Field.FORM, "type", "password");

        assertThat(says(form.with(Field.TITLE, "title", "Entre na sua conta PayPal"), "paypal", Kind.IMPERSONATION))
                .isTrue();
    }

    @Test
    void doesNotTakeAdviceToShopkeepersForAnOffer() {
        Pages guide = Pages.page()
                .with(Field.TITLE, "title", "Choosing payment methods for your store")
                .text("Offer Visa and Mastercard first, whatever else you do in your first year.");

        assertThat(says(guide, "visa", Kind.ACCEPTANCE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "LINK, href, https://www.paypal.com/donate?id=7, true",
        "IMAGE, src, https://www.paypal.com/en_US/i/btn/btn_buynow_LG.gif, true",
        "IMAGE, src, https://www.paypal.com/en_US/i/hero.gif, false",
        "SCRIPT, frame, www.paypal.com/smart/buttons, true",
        "SCRIPT, frame, www.paypal.com/film, false"
    })
    void takesWhatABrandIsPaidByForAWayToPay(Field field, String detail, String address, boolean taken) {
        assertThat(says(Pages.page().with(field, detail, address), "paypal", Kind.ACCEPTANCE))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "img/the-quoc-te_VISA_Master_JCB_2x.png",
                "img/cc_vz_visa_mini.png",
                "img/visa_mastercard_bleu.PNG.jpg"
            })
    void readsNamesOfFilesAsPeopleGiveThem(String file) {
        assertThat(says(Pages.page().image("src", file), "visa", Kind.ACCEPTANCE))
                .as(file)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PayPalem", "PayPalu", "PayPallal", "PayPalom"})
    void readsNamesWithTheEndingsOfCases(String name) {
        assertThat(says(Pages.page().text("We accept " + name), "paypal", Kind.ACCEPTANCE))
                .as(name)
                .isTrue();
    }

    @Test
    void takesWhatIsExceptedForNotAccepted() {
        Pages page = Pages.page().text("We accept Visa and Mastercard but not, I'm afraid, American Express.");

        assertThat(uses(page))
                .contains("visa acceptance", "mastercard acceptance")
                .doesNotContain("amex acceptance");
    }

    @Test
    void takesTheSenderOfALetterForNoAddressToPayTo() {
        assertThat(says(Pages.page().text("payment below. From: PayPal <info@b7.example>"), "paypal", Kind.ACCEPTANCE))
                .isFalse();
    }

    @Test
    void takesABoxCalledCardForNoLogoUnlessAnotherStandsBeside() {
        Pages course = shop().image("class", "card card-bg master-card");

        assertThat(says(course, "mastercard", Kind.ACCEPTANCE)).isFalse();
        assertThat(says(course.image("class", "visa-card").image("class", "paypal"), "mastercard", Kind.ACCEPTANCE))
                .isTrue();
    }

    @Test
    void takesAFileCalledAfterCardsAndTheNameForASignOfPaying() {
        assertThat(says(Pages.page().image("src", "img/cc-visa.svg"), "visa", Kind.ACCEPTANCE))
                .isTrue();
        assertThat(says(Pages.page().image("src", "img/visa-card.svg"), "visa", Kind.ACCEPTANCE))
                .isFalse();
    }

    @Test
    void takesAPhotographCalledAfterThreeMarksForAStripOfThem() {
        String strip = "img/pictured-mastercard-visa-paypal-card-italy.jpg";

        assertThat(uses(Pages.page().image("src", strip)))
                .contains("visa acceptance", "mastercard acceptance", "paypal acceptance");
        assertThat(uses(Pages.page().image("src", "img/visa-mastercard-meeting-italy.jpg")))
                .doesNotContain("visa acceptance", "mastercard acceptance");
    }

    @Test
    void believesABareFileWhereThePageSaysHowToPay() {
        Pages depot = Pages.page().image("src", "img/visa.svg");

        assertThat(says(depot, "visa", Kind.LOGO)).isFalse();
        assertThat(says(
                        depot.text("Payez 5,00 EUR par carte bancaire ou au dépôt par chèque"),
                        "visa",
                        Kind.ACCEPTANCE))
                .isTrue();
    }

    @Test
    void readsABadgeOfAProgrammeWithASlip() {
        Pages badges =
                Pages.page().image("src", "img/veryfied_by_visa.png").image("src", "img/mastercard_secure_code.png");

        assertThat(says(badges, "visa", Kind.ACCEPTANCE)).isTrue();
    }

    @Test
    void readsFilesNamedInOtherScripts() {
        Pages shop = Pages.page().text("Add to basket");

        assertThat(uses(shop.image("src", "img/\u94f6\u8054.png").image("data-src", "img/\u30d3\u30b6.png")))
                .contains("unionpay acceptance", "visa acceptance");
        assertThat(
                        uses(
                                Pages.page()
                                        .text("Add to basket")
                                        .image(
                                                "src",
                                                "img/\u30d3\u30b6\u7533\u8acb\u306e\u305f\u3081\u306e\u5199\u771f\u306e\u64ae\u308a\u65b9.png")))
                .doesNotContain("visa logo", "visa acceptance");
    }

    /** {@code paylogo} is a letter away from {@code gpay-logo}, and what half of all sites call their own. */
    @Test
    void takesNoWordOfPayingForABrandWithASlip() {
        Brand wallet = new Brand(
                "wallet",
                "G Wallet",
                List.of(),
                List.of(),
                List.of("gpay-logo", "quickpayments"),
                List.of(),
                List.of("wallet.example"),
                List.of(),
                false);
        Matcher own = Matcher.compile(Watchlists.of(List.of(wallet), List.of()), Watchlists.TODAY);

        assertThat(own.match(Pages.page().image("class", "paylogo").build())).isEmpty();
        assertThat(own.match(Pages.page().image("class", "gpaylogos").build())).isNotEmpty();
    }

    private static Pages shop() {
        return Pages.page().with(Field.LINK, "a", "Add to cart");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nach Auswahl von PayPal bestätigen Sie alles in Ihrem Konto.",
                "Puedes pagar utilizando el saldo de tu PayPal.",
                "If you pick PayPal, you confirm on its own page.",
                "You will be redirected to PayPal to finish."
            })
    void readsProseUnderATitleOfPayingWhereThingsAreSold(String text) {
        String title = "Terms of payment";

        assertThat(says(shop().with(Field.HEADING, "h1", title).text(text), "paypal", Kind.ACCEPTANCE))
                .as(text)
                .isTrue();
        assertThat(says(
                        Pages.page()
                                .with(Field.HEADING, "h1", "How PayPal works")
                                .text(text),
                        "paypal",
                        Kind.ACCEPTANCE))
                .as("about the brand, and nothing is sold: %s", text)
                .isFalse();
        assertThat(says(
                        shop().with(Field.HEADING, "h1", "Our story").text("PayPal was founded in 1998."),
                        "paypal",
                        Kind.ACCEPTANCE))
                .isFalse();
    }

    @Test
    void takesLocalWaysToPayForNoFirms() {
        Pages shop = shop();
        for (String file : new String[] {"bonus-new", "maximum-new", "world-new", "axess", "visa"}) {
            shop = shop.image("src", "/assets/" + file + ".svg");
        }

        assertThat(uses(shop)).contains("visa acceptance");
    }

    private static Pages vaguelyLabelled(Pages page) {
        return page.text("Sichere Bezahlung").image("src", "img/visa.jpg").image("src", "img/mc.jpg");
    }

    @Test
    void leavesAnIconWhoseWordsHaveItsNameInAnotherSense() {
        assertThat(says(shop().image("src", "img/icon-visa.png").text("Visa questions answered"), "visa", Kind.LOGO))
                .isFalse();
        assertThat(says(shop().image("src", "img/icon-visa.png").text("Orders answered"), "visa", Kind.LOGO))
                .isTrue();
    }

    @Test
    void takesAListOfIdentifiersForNoMarks() {
        Pages manual = Pages.page()
                .text("Payment options")
                .text("american_express")
                .text("visa")
                .text("mastercard");

        assertThat(uses(manual)).doesNotContain("amex acceptance", "visa acceptance", "mastercard acceptance");
    }
}
