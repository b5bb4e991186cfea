package org.markwatch.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.crawl.Capture;
import org.markwatch.extract.PageExtractor;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.Matcher;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** Tests which parts of a shop's page the shipped brand packs recognise as acceptance. */
class AcceptanceDetectionTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final HttpUrl ADDRESS = HttpUrl.of("https://store.example/page");

    private static Matcher matcher;

    @BeforeAll
    static void compile() throws WatchlistException {
        matcher = Matcher.compile(WatchlistReader.read(Path.of("job-config")), TODAY);
    }

    private static String accepted(String title, String body) {
        String html = "<html><head><title>" + title + "</title></head><body>" + body + "</body></html>";
        Capture capture = new Capture(
                ADDRESS,
                ADDRESS,
                List.of(ADDRESS),
                200,
                "text/html",
                "UTF-8",
                Map.of(),
                html,
                html.length(),
                false,
                Instant.EPOCH);
        return matcher.match(new PageExtractor().extract(capture).text()).stream()
                .filter(match -> match.brand() != null && match.kind() == Kind.ACCEPTANCE)
                .map(match -> match.brand())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static String accepted(String body) {
        return accepted("Store", body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<img src=i/vbv.gif><img src=i/mcsc.gif> | mastercard visa",
                "<img src=i/msc.gif><img src=i/vbv.gif> | mastercard visa",
                "<img src=i/logo_vbv.gif><img src=i/secureCode_logo.gif> | mastercard visa",
                "<img src=i/44LIB_logo_mcsc.gif><img src=i/44LIB_logo_vbv.gif> | mastercard visa",
            })
    void acceptsLogosOfCardAuthenticationProgrammes(String body, String brands) {
        assertThat(accepted(body)).isEqualTo(brands);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=i/vbv.gif>",
                "<a class=cart>Cart</a><i class=msc></i><p>MSC and VBV</p>",
                "<img src=degree/msc.gif><img src=degree/bsc.gif>"
            })
    void ignoresInitialsWithOtherMeanings(String body) {
        assertThat(accepted(body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "s = new ApplePaySession(3, request); | apple-pay",
                "c = new google.payments.api.PaymentsClient({environment: 'TEST'}); | google-pay",
                "a = await payments.applePay(r); g = await payments.googlePay(r); | apple-pay google-pay",
                "new PaymentRequest([{supportedMethods: 'https://google.com/pay'}], d) | google-pay",
                "paypal.Buttons({createOrder: order}).render('#p') | paypal",
                "braintree.dropin.create({container: '#d', paypal: {flow: 'vault'}}) | paypal",
                "checkout.create('dropin', {card: {brands: [\"mc\", \"visa\", \"amex\"]}}) | american-express mastercard visa",
                "stripe.elements({mode: 'payment', paymentMethodTypes: ['card', 'alipay']}) | alipay",
            })
    void recognisesPaymentScripts(String script, String brands) {
        assertThat(accepted("<h1>Checkout</h1><script>" + script + "</script>")).isEqualTo(brands);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (window.ApplePaySession) { track(1); }",
                "shop({brands: ['Discover', 'Maestro', 'Citi Bikes']})",
                "player({paypal: null, applePay: false})"
            })
    void ignoresOtherScripts(String script) {
        assertThat(accepted("<h1>Checkout</h1><script>" + script + "</script>")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p>Total 9.90 EUR</p><img src=p/visa.png><img src=p/master.png><img src=p/express.png> | american-express mastercard visa",
                "<img src=/img/payment/footer/mastercard_grey.png> | mastercard",
                "<img src=p/AM_mc_vs_dc_ae.jpg> | american-express discover mastercard paypal visa",
            })
    void acceptsCommonWordsAsLogosInRowsOfPictures(String body, String brands) {
        assertThat(accepted(body)).isEqualTo(brands);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=a/visa.png><img src=b/rupay.png>",
                "<img src=a/master.png><img src=a/course.png>",
                "<img src=d/express.png><img src=d/standard.png>",
                "<img src=p/express-checkout.png><p>Express checkout</p>"
            })
    void ignoresCommonWordsElsewhere(String body) {
        assertThat(accepted(body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Support us | Our meetup lives on what people bring, and on those who share its aims. You can donate via PayPal or you can also write us an email. | paypal",
                "CVs | This application is free, but it is expensive to keep it running. To support its makers you can DONATE via PAYPAL or share our address. | paypal",
                "AGB | Rechnungen sind innerhalb von 14 Tagen ab Zugang ohne Abzug per PayPal oder Überweisung zu begleichen. Bei Verzug gilt das Gesetz. | paypal",
            })
    void recognisesClaimsOnPagesWithoutCheckout(String title, String text, String brands) {
        assertThat(accepted(title, "<h1>" + title + "</h1><p>" + text + "</p>")).isEqualTo(brands);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<h3>Оплата российскими картами</h3><p>Платите в рублях картами Visa, MasterCard, МИР или через СБП. Никаких комиссий и очередей, и так всегда.</p>",
                "<h3>Credit/Debit Card</h3><p>Visa, Mastercard and more</p><h3>Mobile Money</h3><p>From your phone</p>",
                "<h3>Compra con tu tarjeta</h3><p>Puedes comprar con tus tarjetas Visa o Mastercard</p>"
            })
    void recognisesBrandsBelowPaymentHeading(String body) {
        assertThat(accepted(body)).isEqualTo("mastercard visa");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Deposit of 30% is payable by Visa or Mastercard on booking.",
                "Call us with your Visa or Mastercard number to place an order.",
                "Règlement sur place en espèces, chèque ou carte bancaire (Visa, Mastercard).",
                "Para reservar se pide un anticipo que puede abonar con Visa o Mastercard.",
                "Parcelamos em até 6x nos cartões Visa, Mastercard e Elo.",
                "U betaalt bij ons met PIN, Visa, Mastercard of contant.",
                "Vi tar Visa och Mastercard samt Swish.",
                "Na odbiór można płacić kartą: Visa, Mastercard, ale nie ma u nas czeków.",
                "U nas zapłacisz kartą Visa, Mastercard, BLIKIEM lub przelewem.",
                "Розрахунок карткою Visa, Mastercard або готівкою кур’єру.",
                "Оплачиваете заказ на 12 USD картой Visa или Mastercard. Оплата проходит на защищённой странице банка, данные карты мы не видим и не храним.",
                "Check-in is from 2 pm, and later by arrangement with us. Guests settle their stay on departure in cash, by Visa or Mastercard.",
                "Snídaně je v ceně a podává se od osmi hodin. Doplatek uhradíte při příjezdu hotově nebo kartou Visa či Mastercard, psi jsou vítáni.",
                "朝食は料金に含まれます。小さなお子様は無料でお泊まりいただけます。残金はご到着の際に現金またはVISA、Mastercardでお支払いください。",
                "Voorschot van 40 % bij bestelling, de rest voor de levering aan huis of in de winkel. Via overschrijving, Bancontact, Visa of Mastercard."
            })
    void recognisesListsInShortSentencesWithoutCheckout(String text) {
        assertThat(accepted("<h1>Notes</h1><p>" + text + "</p>")).isEqualTo("mastercard visa");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Payment: | <li>cash on delivery</li><li>guests from abroad: PayPal, Western Union</li> | paypal western-union",
                "Payment: | <li>in instalments</li><li>guests of clubs: PayPal, Western Union</li> | ''",
                "Payment: | <li>cash on delivery</li><li>merchants abroad: PayPal, Western Union</li> | ''"
            })
    void recognisesListEntriesBelowPaymentLabel(String label, String entries, String brands) {
        assertThat(accepted("<p>" + label + "</p><ul>" + entries + "</ul>")).isEqualTo(brands);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Do you take cards? Yes, Visa and Mastercard. | mastercard visa",
                "Can I use PayPal here? Of course. | paypal",
                "Μπορώ να πληρώσω με κάρτα; Ναι, Visa και Mastercard. | mastercard visa",
                "Garden chair, hardly used. PayPal or cash. | paypal",
                "From abroad: Western Union. | western-union",
                "Maestro from a minimum spend of 5 EUR. | maestro",
                "PayPal: 3 % surcharge. | paypal",
                "Refunds go back to the PayPal account you paid with. | paypal",
                "PAID 24.00 EUR Mastercard ****1234 | mastercard",
                "The driver has a card terminal (Visa, Maestro). | maestro visa",
                "PayPal and cheques are both fine. | paypal",
                "You do not need an account to pay by Maestro. | maestro",
                "Frames 5\" wide, all sizes. We accept PayPal. | paypal",
            })
    void recognisesAnswersLabelsTermsRefundsAndReceipts(String text, String brands) {
        assertThat(accepted("Notes", "<h1>Notes</h1><p>" + text + "</p>")).isEqualTo(brands);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Is PayPal down? Yes, since this morning.",
                "Do you take cards? Sorry, no Visa.",
                "PayPal or cash, what is safer?",
                "A PayPal gift card.",
                "From abroad: Western Union agents, a list of offices.",
                "Western Union announced a minimum of 200 new jobs.",
                "PayPal raised its surcharge.",
                "She asked PayPal to refund the money.",
                "Mastercard ****1234",
                "The driver has a Mastercard.",
                "We do not, at the moment, take PayPal.",
            })
    void ignoresLikeTextsThatTakeNothing(String text) {
        assertThat(accepted("Notes", "<h1>Notes</h1><p>" + text + "</p>")).isEmpty();
    }

    @Test
    void recognisesMailAddressBelowPaymentLabel() {
        assertThat(
                        accepted(
                                "<p>Puede abonar el presupuesto:</p><ul><li>por Bizum</li><li>por PayPal a hola@store.example</li></ul>"))
                .isEqualTo("paypal");
    }

    @Test
    void recognisesBrandNamesThatContainAPaymentWord() {
        assertThat(accepted("<img src=i/apple_pay.png><img src=i/g_pay.png>")).isEqualTo("apple-pay google-pay");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<h3>Bezahlen unterwegs</h3><p>Touristen zahlten in der Stadt meist mit Karten von Visa oder Mastercard</p>",
                "<p>Visa and Mastercard have raised their fees for shops.</p>",
                "<h3>Credit card networks</h3><p>Visa, Mastercard and more</p>",
                "<p>At the border nobody takes orders. On arrival travellers pay the fee for the stamp in cash, by Visa or Mastercard, and wait for an hour.</p>",
                "<p>We compare Visa, Mastercard and Discover.</p>",
                "<p>The fees would eat what we make. So no Visa, no Mastercard and no American Express, just cash.</p>",
                "<p>Sorry, no. Visa and Mastercard we cannot take, cash only.</p>",
                "<p>Your Visa or Mastercard may be locked.</p>",
                "<p>Tourists settle with Visa, Mastercard or cash.</p>",
                "<p>Can I settle the bill in cash, with Visa or Mastercard?</p>",
                "<p>The page said: \"At our desk: Visa, Mastercard or cash\"</p>",
                "<p>Le carte Visa e Mastercard sono accettate in oltre 200 paesi.</p>",
                "<p>Votre carte sert sur la plupart des sites qui acceptent les paiements par carte Visa ou Mastercard.</p>"
            })
    void ignoresStatementsAboutOthers(String body) {
        assertThat(accepted(body)).isEmpty();
    }

    @Test
    void isNotFreedByMetadataThatGiveTheNameAnotherMeaning() {
        String meta = "<meta name=keywords content='tourist visa, visa application'>";

        assertThat(accepted(meta + "<p>We accept Visa.</p>")).isEqualTo("visa");
    }

    @ParameterizedTest
    @CsvSource({"Мы принимаем MasterСard, mastercard", "We accept Disсover Сard, discover"})
    void recognisesBrandNamesWithCyrillicLetter(String text, String brand) {
        assertThat(accepted(text)).isEqualTo(brand);
    }
}
