package org.markwatch.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.crawl.Capture;
import org.markwatch.extract.PageExtractor;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.Matcher;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** What the shipped packs make of the one part of a shop's page that shows what it takes. */
class ShopPartsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final URI ADDRESS = URI.create("https://store.example/page");

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
                "<a class=cart>Cart</a><img src=i/vbv.gif> | visa",
            })
    void takesMarksOfProgrammesThatAskPayersWhoTheyAre(String body, String brands) {
        assertThat(accepted(body)).isEqualTo(brands);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=i/vbv.gif>",
                "<img src=cruise/msc.gif><img src=i/visa-form.gif>",
                "<a class=cart>Cart</a><i class=msc></i><p>MSC and VBV</p>",
                "<img src=degree/msc.gif><img src=degree/bsc.gif>"
            })
    void leavesInitialsOfOthersAlone(String body) {
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
    void readsTillsThatScriptsPutTogether(String script, String brands) {
        assertThat(accepted("<h1>Checkout</h1><script>" + script + "</script>")).isEqualTo(brands);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (window.ApplePaySession) { track(1); }",
                "shop({brands: ['Discover', 'Maestro', 'Citi Bikes']})",
                "player({paypal: null, applePay: false})"
            })
    void leavesOtherScriptsAlone(String script) {
        assertThat(accepted("<h1>Checkout</h1><script>" + script + "</script>")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Мы принимаем MasterСard, mastercard", "We accept Disсover Сard, discover"})
    void readsNamesWithACyrillicLetterInThem(String text, String brand) {
        assertThat(accepted(text)).isEqualTo(brand);
    }
}
