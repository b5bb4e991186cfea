package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Indicator.Type;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

class MatcherTest {
    private static Matcher matcher(Indicator... indicators) {
        return Matcher.compile(Watchlists.of(Watchlists.BRANDS, List.of(indicators)), Watchlists.TODAY);
    }

    private static Indicator rule(Type type, String pattern) {
        return Watchlists.indicator("rule", type, pattern, "voucher", 10);
    }

    private static List<String> indicators(Matcher matcher, Pages page) {
        return matcher.match(page.build()).stream()
                .filter(match -> match.kind() == Kind.INDICATOR)
                .map(Match::text)
                .toList();
    }

    private static List<String> found(Type type, String pattern, String text) {
        return indicators(matcher(rule(type, pattern)), Pages.page().text(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gift card | Buy a Gift-Card now | Gift-Card",
                "gift card | gift\u00ad ca\u200brd | gift\u00ad ca\u200brd",
                "礼品卡 | 购买礼品卡付款 | 礼品卡",
                "บัตรของขวัญ | ซื้อบัตรของขวัญที่นี่ | บัตรของขวัญ",
                "30 day membership | 30-day membership | 30-day membership",
                "подарочная карта | ПОДАРОЧНАЯ КАРТА | ПОДАРОЧНАЯ КАРТА",
                "δωροκάρτα νέα | ΔΩΡΟΚΆΡΤΑ ΝΈΑ | ΔΩΡΟΚΆΡΤΑ ΝΈΑ",
            })
    void findsPhraseInAnyDress(String phrase, String text, String expected) {
        assertThat(found(Type.PHRASE, phrase, text)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gifted cards", "gift cards", "gift. Card", "gift card1", "agift card"})
    void findsPhraseInWholeWordsOnly(String text) {
        assertThat(found(Type.PHRASE, "gift card", text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "js.pay.example/v3/, true",
        "https://pay.example/x, true",
        "pay.example, true",
        "pay.example:8443/x, true",
        "evilpay.example/x, false",
        "pay.example.org/x, false",
        "cdn.example/pay.example/x.js, false",
        "pay.example-shop.org, false"
    })
    void findsHostAndItsSubdomains(String reference, boolean expected) {
        Matcher matcher = matcher(rule(Type.HOST, "pay.example"));

        assertThat(indicators(matcher, Pages.page().with(Field.SCRIPT, "src", reference))
                        .isEmpty())
                .isEqualTo(!expected);
    }

    private static int weight(Matcher matcher, Pages page) {
        return matcher.match(page.build()).stream().mapToInt(Match::weight).sum();
    }

    private static final String CODE_SENT = "gift-card + card-code + send-us";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Buy a gift card, scratch the back and text us the code",
                "Schicken Sie uns den Code. Den Gutschein kaufen Sie am Kiosk.",
                "Compre um gift card, raspe e envie o código",
                "Рассчитаться можно подарочной картой: пришлите код",
                "购买礼品卡，拍下背面序号发给客服",
                "ซื้อบัตรเติมเงิน แล้วส่งรหัสมาทางแชท",
                "Buy a gift c\u200bard, scratch the b\u00adack and te\u0336xt us the cоde",
                "Schicken Sie uns den Ｃｏｄｅ. Den Gut\u00adschein kaufen Sie am Kiosk.",
                "Kupte předplacenou kartu a pošlete nám kód",
                "Купите карту предоплаты и пришлите нам код с карты"
            })
    void findsWordsThatStandTogetherInAnyOrderAndLanguage(String text) {
        assertThat(found(Type.TOGETHER, CODE_SENT, text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Enter the code of your gift card at the checkout",
                "Never text us the code of a gift card",
                "Sellers say: \"Buy a gift card and text us the code\"",
                "Does the shop say to buy a gift card and text us the code?",
                "It is a scam to buy a gift card and text us the code",
                "Schicken Sie uns den Code des Gutscheins nicht",
                "Ne\u200bver text us the code of a gift card"
            })
    void findsNoWordsThatAreDeniedQuotedAskedOrWarnedOf(String text) {
        assertThat(found(Type.TOGETHER, CODE_SENT, text)).isEmpty();
    }

    @Test
    void givesNoPointsInTheBackgroundForWordsTogether() {
        Pages page = Pages.page().text("Buy a gift card and text us the code");
        Indicator rule = rule(Type.TOGETHER, CODE_SENT);

        assertThat(matcher(Watchlists.in(rule, Indicator.State.BACKGROUND, null, null))
                        .match(page.build()))
                .singleElement()
                .satisfies(match -> assertThat(match.weight()).isZero());
    }

    @Test
    void findsWordsThatStandTogetherInNeighbouringPassagesOnly() {
        Matcher matcher = matcher(rule(Type.TOGETHER, CODE_SENT));

        assertThat(indicators(matcher, Pages.page().text("Buy a gift card").text("Scratch it and text us the code")))
                .hasSize(1);
        assertThat(indicators(
                        matcher,
                        Pages.page()
                                .text("Buy a gift card")
                                .text("We have many lamps")
                                .text("Text us the code")))
                .isEmpty();
        assertThat(found(
                        Type.TOGETHER,
                        CODE_SENT,
                        "Our gift cards." + " Lamps and more.".repeat(20) + " Text us the code"))
                .isEmpty();
    }

    @Test
    void countsWordGroupsLessTheMoreOfThePageWarns() {
        String said = "Buy a gift card and text us the code";
        Matcher matcher = matcher(rule(Type.TOGETHER, CODE_SENT));
        String warning = "Beware of sellers like this. ";

        assertThat(weight(
                        matcher,
                        Pages.page().with(Field.TITLE, "title", warning).text(said)))
                .isEqualTo(10);
        assertThat(weight(
                        matcher,
                        Pages.page().text(said).text("Lamps. ".repeat(60)).text(warning.repeat(10))))
                .isEqualTo(10);
        assertThat(weight(matcher, Pages.page().text(said).text(warning.repeat(40))))
                .isLessThan(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We accept Bitcoin",
                "Pay with BTC or cash",
                "Sie können mit Bitcoin bezahlen",
                "支持BTC付款",
                "We accept B1tc0in"
            })
    void findsMethodThatThePageTakes(String text) {
        assertThat(found(Type.METHOD, "Bitcoin, BTC", text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bitcoin fell by a tenth",
                "We do not accept Bitcoin",
                "Scammers ask you to pay with Bitcoin",
                "Most shops accept Bitcoin by now",
                "A museum of BTC miners"
            })
    void findsNoMethodThatThePageOnlyNames(String text) {
        assertThat(found(Type.METHOD, "Bitcoin, BTC", text)).isEmpty();
    }

    @Test
    void givesPointsOfMethodsOnceAndNoBrandUse() {
        Matcher matcher = matcher(rule(Type.METHOD, "Bitcoin, BTC"));

        List<Match> matches = matcher.match(Pages.page()
                .with(Field.TITLE, "title", "Bitcoin shop")
                .with(Field.IMAGE, "src", "pay/bitcoin.svg")
                .text("We accept Bitcoin")
                .build());

        assertThat(matches).singleElement().satisfies(match -> {
            assertThat(match.kind()).isEqualTo(Kind.INDICATOR);
            assertThat(match.rule()).isEqualTo("rule@1");
            assertThat(match.brand()).isNull();
            assertThat(match.group()).isEqualTo("voucher");
            assertThat(match.weight()).isEqualTo(10);
            assertThat(match.signs()).isNotEmpty();
        });
    }

    @Test
    void takesNamesOfMethodsForNoBrand() {
        Matcher matcher = matcher(
                rule(Type.METHOD, "Bitcoin, BTC"),
                Watchlists.indicator("card", Type.PHRASE, "{brand} gift card", "voucher", 9));

        assertThat(indicators(matcher, Pages.page().text("A Bitcoin gift card")))
                .isEmpty();
    }

    @Test
    void looksOnlyIntoTheScope() {
        Indicator titleOnly =
                Watchlists.indicator("rule", Type.PHRASE, "gift card", "voucher", 5, EnumSet.of(Field.TITLE));

        assertThat(indicators(matcher(titleOnly), Pages.page().text("gift card")))
                .isEmpty();
        assertThat(indicators(matcher(titleOnly), Pages.page().with(Field.TITLE, "title", "gift card")))
                .hasSize(1);
    }

    @Test
    void compilesWhatIsInForceOnly() {
        Indicator rule = rule(Type.PHRASE, "gift card");
        Pages page = Pages.page().text("gift card");

        assertThat(indicators(matcher(Watchlists.in(rule, Indicator.State.DRAFT, null, null)), page))
                .isEmpty();
        assertThat(indicators(matcher(Watchlists.in(rule, Indicator.State.RETIRED, null, null)), page))
                .isEmpty();
        assertThat(indicators(
                        matcher(Watchlists.in(rule, Indicator.State.LIVE, Watchlists.TODAY.plusDays(1), null)), page))
                .isEmpty();
        assertThat(indicators(
                        matcher(Watchlists.in(rule, Indicator.State.LIVE, null, Watchlists.TODAY.minusDays(1))), page))
                .isEmpty();
        assertThat(indicators(
                        matcher(Watchlists.in(rule, Indicator.State.LIVE, Watchlists.TODAY, Watchlists.TODAY)), page))
                .hasSize(1);
    }

    @Test
    void findsBackgroundRulesWithoutWeight() {
        Indicator background = Watchlists.in(rule(Type.PHRASE, "gift card"), Indicator.State.BACKGROUND, null, null);

        assertThat(matcher(background).match(Pages.page().text("gift card").build()))
                .singleElement()
                .satisfies(match -> assertThat(match.weight()).isZero());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "[0-9]+ ?(usd|eur) ~ Only 20 USD or 15EUR today ~ 20 USD;15EUR",
                "\\bvoucher (code|pin)s?\\b ~ VOUCHER CODES, voucher pin ~ VOUCHER CODES;voucher pin",
                "^free trial ~ free trial, then free trial ~ free trial",
                "купон [0-9]+ ~ Скидка: КУПОН 25 ~ КУПОН 25",
                "[a-z]{3}-[0-9]{4} ~ code abc-1234 ~ abc-1234",
            })
    void findsRegularExpressionInFoldedText(String regex, String text, String expected) {
        assertThat(String.join(";", found(Type.REGEX, regex, text))).isEqualTo(expected);
    }

    /** The window around a literal must not change what is found. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0-9]{1,4} ?(usd|eur)\\b",
                "\\bvoucher (code )?[a-z0-9]{4,8}",
                "(pay|buy)[a-z ]{0,20}card",
                "x{2,5}y"
            })
    void searchesWindowsLikeTheWholeText(String regex) {
        Random random = new Random(regex.hashCode());
        String[] pieces = {
            "12 usd", "eur", "voucher code ab12", "voucher x9y8z7", "pay by card", "buy", "card", "xxxy", "word", "7"
        };
        Matcher matcher = matcher(rule(Type.REGEX, regex));
        for (int round = 0; round < 100; round++) {
            StringBuilder text = new StringBuilder("start");
            for (int i = 0; i < 400; i++) {
                boolean plain = random.nextInt(8) > 0;
                text.append(' ').append(plain ? "word" : pieces[random.nextInt(pieces.length)]);
            }
            List<String> whole = new ArrayList<>();
            com.google.re2j.Matcher all = Pattern.compile(regex).matcher(text);
            while (all.find()) {
                whole.add(all.group());
            }
            whole = whole.subList(0, Math.min(whole.size(), 100));
            assertThat(indicators(matcher, Pages.page().text(text.toString())).stream()
                            .limit(100))
                    .startsWith(whole.toArray(String[]::new));
        }
    }

    @Test
    void matchesPlaceholderBesideBrandOnly() {
        Matcher matcher = matcher(Watchlists.indicator("rule", Type.PHRASE, "{brand} gift card", "voucher", 9));

        assertThat(indicators(matcher, Pages.page().text("A Visa gift card for you")))
                .containsExactly("Visa gift card");
        assertThat(indicators(matcher, Pages.page().text("A gift card for you")))
                .isEmpty();
    }

    @Test
    void weighsAccountWithoutChecksumHalf() {
        Matcher matcher = matcher(Watchlists.indicator("eth", Type.ACCOUNT, "ethereum", "crypto", 20));

        assertThat(matcher.match(Pages.page()
                        .text("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")
                        .build()))
                .singleElement()
                .satisfies(match -> assertThat(match.weight()).isEqualTo(10));
    }

    /** Whatever a page is made of, a match is the text at its place, and lies in its snippet. */
    @Test
    void givesEveryMatchItsExactPlace() {
        Random random = new Random(5);
        Matcher matcher = matcher(
                rule(Type.PHRASE, "gift card"),
                Watchlists.indicator("zh", Type.PHRASE, "礼品卡", "voucher", 1),
                Watchlists.indicator("re", Type.REGEX, "[0-9]+ ?usd", "voucher", 1),
                Watchlists.indicator("host", Type.HOST, "pay.example", "voucher", 1));
        String[] pieces = {
            "Gift  Card",
            "𝗴𝗶𝗳𝘁 card",
            "礼品卡",
            "20\u00a0USD",
            "https://pay.example/x",
            "We accept Visa",
            "ＰａｙＰａｌ",
            "Vi\u00adsa, Mastercard",
            "🎉",
            "e\u0301",
            "ﷺ",
            "\ud83d",
            "Pay with V\u200bisa.",
            "amex.svg",
            "img/visa_mc.png",
            " ",
            "—"
        };
        int seen = 0;
        for (int round = 0; round < 500; round++) {
            Pages page = Pages.at("https://paypal-login.example/");
            for (Field field : Field.values()) {
                for (int p = random.nextInt(3); p > 0; p--) {
                    StringBuilder text = new StringBuilder("x");
                    for (int i = random.nextInt(6); i >= 0; i--) {
                        text.append(' ').append(pieces[random.nextInt(pieces.length)]);
                    }
                    page.with(field, field == Field.IMAGE ? "alt" : "detail", text.toString());
                }
            }
            for (Match match : matcher.match(page.build())) {
                String all = page.field(match.field());
                assertThat(all.substring(match.start(), match.end())).isEqualTo(match.text());
                assertThat(match.snippet()
                                .substring(
                                        match.snippetStart(),
                                        match.snippetStart() + match.text().length()))
                        .isEqualTo(match.text());
                assertThat(match.snippet().length())
                        .isLessThanOrEqualTo(match.text().length() + 120);
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(2_000);
    }

    @Test
    void servesManyThreadsAlike() throws Exception {
        Matcher matcher = matcher(rule(Type.PHRASE, "gift card"), rule(Type.REGEX, "[0-9]+ usd"));
        Pages page = Pages.page()
                .text("Gift card for 20 USD. We accept Visa and PayPal.")
                .image("src", "img/amex.svg");
        List<Match> expected = matcher.match(page.build());
        List<Callable<List<Match>>> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            tasks.add(() -> matcher.match(page.build()));
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<Match>> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void boundsPageThatIsNothingButMatches() {
        Matcher matcher = matcher(rule(Type.PHRASE, "gift card"));

        PageMatches found = matcher.find(
                Pages.page().text("gift card visa paypal. ".repeat(50_000)).build());

        assertThat(found.matches()).as("and the first of each brand").hasSizeBetween(10_000, 10_010);
        assertThat(found.dropped()).as("said, not lost in silence").isGreaterThan(39_000);
    }

    @Test
    void losesNoRuleOfPageThatIsNothingButMatches() {
        Matcher matcher = matcher(rule(Type.PHRASE, "gift card"));

        List<Match> found = matcher.match(Pages.page()
                .text("gift card. ".repeat(11_000))
                .text("We accept PayPal.")
                .build());

        assertThat(found).extracting(Match::rule).contains("brand:paypal@acceptance");
    }

    @Test
    void namesTheRuleThatCannotBeCompiled() {
        assertThatThrownBy(() -> matcher(rule(Type.REGEX, "(gift")))
                .hasMessageStartingWith("indicator rule@1: pattern is not RE2 syntax:");
        assertThatThrownBy(() -> matcher(rule(Type.PHRASE, "!!!")))
                .hasMessage("indicator rule@1: pattern=!!!; must have a letter or digit to look for");
    }

    @Test
    void namesExpressionsThatEveryTextIsReadFor() throws WatchlistException {
        Watchlist watchlist = Watchlists.of(
                List.of(),
                List.of(
                        Watchlists.indicator("any.number", Indicator.Type.REGEX, "[0-9]{3}", "checkout", 1),
                        Watchlists.indicator("pay.number", Indicator.Type.REGEX, "pay [0-9]{3}", "checkout", 1),
                        Watchlists.indicator("inside.word", Indicator.Type.REGEX, "paynow", "checkout", 1),
                        Watchlists.indicator("pay.now", Indicator.Type.REGEX, "\\bpay now", "checkout", 1),
                        Watchlists.indicator("pay", Indicator.Type.PHRASE, "pay", "checkout", 1)));

        assertThat(Matcher.costly(watchlist)).containsExactly("any.number@1", "inside.word@1");
        assertThat(Matcher.costly(WatchlistReader.read(Path.of("job-config")))).isEmpty();
    }

    @Test
    void tellsExamplesThatAreNotAsTheyShouldBe() {
        Indicator rule = new Indicator(
                "gift",
                1,
                Type.PHRASE,
                "gift card",
                "voucher",
                5,
                Set.of(Field.TEXT),
                "",
                Indicator.State.LIVE,
                null,
                null,
                "test",
                List.of("a gift card", "a gift"),
                List.of("gift wrap", "GIFT CARD"));

        Set<String> faults = Matcher.exampleFaults(Watchlists.of(List.of(), List.of(rule)), Watchlists.TODAY).stream()
                .map(fault -> fault.location() + "=" + fault.value())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(faults).containsExactly("gift.match[1]=a gift", "gift.no_match[1]=GIFT CARD");
    }
}
