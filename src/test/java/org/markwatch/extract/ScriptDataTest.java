package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.extract.ScriptStrings.StringKind;
import org.markwatch.watchlist.Field;

class ScriptDataTest {
    private static final String CLAIM = "We accept Visa and PayPal.";
    private static final int HOSTILE_CHARS = 2 << 20;

    /** The forms in which frameworks ship data, each with {@link #CLAIM} and values for programs. */
    enum FrameworkForm {
        JSON_BLOCK("""
                <script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"footer":{"note":"We accept Visa and PayPal.",
                "className":"mt-4 flex items-center px-2","image":"/img/paper lantern.jpg","id":"ab 12 cd"}}},"page":"/p/[slug]"}</script>"""),
        ASSIGNMENT("""
                <script>window.__INITIAL_STATE__ = {"shop":{"payment":"We accept Visa and PayPal.","live":true,"url":"https://lantern.example/a b"}};
                (function(){var s;(s=document.currentScript).parentNode.removeChild(s);}());</script>"""),
        FUNCTION_WITH_NAMES_WITHOUT_QUOTES("""
                <script>window.__NUXT__=(function(a,b){return {layout:"default",data:[{terms:"We accept Visa and PayPal.",old:void 0,live:!0,u:a}],error:b}}("\\u002Fx",null));</script>"""),
        FLATTENED_ARRAY("""
                <script type="application/json" data-nuxt-data="app">[["Reactive",1],{"data":2},{"body":3,"slug":4},"We accept Visa and PayPal.","lantern-one"]</script>"""),
        PARSED_STRING("""
                <script>window.__APOLLO_STATE__ = JSON.parse("{\\"Page:1\\":{\\"__typename\\":\\"Page\\",\\"terms\\":\\"We accept Visa and PayPal.\\"}}");</script>"""),
        STREAM_IN_PARTS("""
                <script>(self.__next_f=self.__next_f||[]).push([0])</script>
                <script>self.__next_f.push([1,"0:[\\"$\\",\\"p\\",null,{\\"className\\":\\"p-4 md:flex mt-2\\",\\"children\\":\\"We acc"])</script>
                <script>self.__next_f.push([1,"ept Visa and PayPal.\\"}]\\n"])</script>"""),
        STREAM_OF_TEXT_ROWS("""
                <script>self.__next_f.push([1,"5:T1a,We accept Visa and PayPal.6:{\\"slug\\":\\"lantern one\\"}\\n"])</script>"""),
        TURBO_STREAM("""
                <script>window.__remixContext.streamController.enqueue("[{\\"_1\\":2},\\"loaderData\\",{\\"_3\\":4},\\"terms\\",\\"We accept Visa and PayPal.\\"]\\n");</script>"""),
        ISLAND_PROPS("""
                <astro-island uid="Z1" component-url="/_astro/Pay.js" props="{&quot;lines&quot;:[1,[[0,&quot;We accept Visa and PayPal.&quot;]]]}" client="load"></astro-island>"""),
        PAGE_ATTRIBUTE("""
                <div id="app" data-page="{&quot;component&quot;:&quot;Shop/Index&quot;,&quot;props&quot;:{&quot;terms&quot;:&quot;We accept Visa and PayPal.&quot;}}"></div>"""),
        UNKNOWN_BLOCK("""
                <script type="fastboot/shoebox">{"key":"x","attributes":{"terms":"We accept Visa and PayPal."}}</script>"""),
        JSON_IN_JSON("""
                <script type="application/json" data-sveltekit-fetched>{"status":200,"body":"{\\"terms\\":\\"We accept Visa and PayPal.\\",\\"n\\":1}"}</script>""");

        private final String markup;

        FrameworkForm(String markup) {
            this.markup = markup;
        }
    }

    private static PageText read(String html) {
        return PageExtractor.extractOrThrow(TestCaptures.html(html)).text();
    }

    private static List<String> texts(String html, Field field) {
        return read(html).passages().stream()
                .filter(passage -> passage.field() == field)
                .map(Passage::text)
                .toList();
    }

    private static String json(String members) {
        return "<script type='application/json'>{" + members + ",\"padding\":\"0000-0000-0000-0000-0000\"}</script>";
    }

    @ParameterizedTest
    @EnumSource(FrameworkForm.class)
    void findsProseInTheDataOfEachFramework(FrameworkForm form) {
        String html = "<title>Lantern shop</title><div id=root></div>" + form.markup;

        assertThat(texts(html, Field.SCRIPT_DATA)).containsExactly(CLAIM);
        assertThat(read(html).passages())
                .filteredOn(passage -> passage.field() == Field.SCRIPT_DATA)
                .noneMatch(Passage::hidden);
    }

    @Test
    void namesThePropertyThatHoldsAString() {
        String html = json("\"menuTitle\":\"Ways to pay\",\"items\":[\"By bank transfer\"]");

        assertThat(read(html).passages())
                .filteredOn(passage -> passage.field() == Field.SCRIPT_DATA)
                .extracting(Passage::detail)
                .containsExactly("menuTitle", "items");
    }

    @Test
    void keepsSingleWordsOfLabelsOnly() {
        assertThat(texts(
                        json(
                                "\"name\":\"Giropay\",\"code\":\"Giropay2\",\"title\":\"giropay\",\"componentName\":\"Card\","
                                        + "\"label\":\"Klarna\",\"fileName\":\"Terms\",\"other\":\"Sofort\""),
                        Field.SCRIPT_DATA))
                .containsExactly("Giropay", "Klarna");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"payWith\":[\"visa\",\"paypal\"]",
                "\"pay_with\":{\"visa\":true,\"paypal\":true,\"amex\":false}",
                "\"payWith\":[{\"k\":\"visa\",\"label\":\"Visa\"},{\"k\":\"paypal\",\"on\":true},{\"k\":\"jcb\",\"on\":false}]",
            })
    void readsListsOfPaymentMethodsWithTheirName(String members) {
        assertThat(texts(json(members), Field.SCRIPT_DATA)).contains("pay with: visa, paypal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"payWith\":[\"visa\",\"paypal\",7]",
                "\"payWith\":[\"visa\",\"https://lantern.example/terms\"]",
                "\"payWith\":{\"visa\":false,\"paypal\":false}",
            })
    void keepsNoListThatHoldsMoreThanNames(String members) {
        assertThat(texts(json(members), Field.SCRIPT_DATA)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "f({a: g(), allowedCardNetworks: [\"VISA\", 'AMEX']}) | allowedCardNetworks[] | allowed card networks: VISA, AMEX",
                "var payment_methods = [\"visa\"]; f() | payment_methods[] | payment methods: visa",
                "x={\"availableTypes\":{\"gate\":{\"VI\":\"Visa\"}}} | x.availableTypes.gate[] | gate: Visa",
                "{\"rates\":[{\"n\":1,\"SystemName\":\"Diners\"}]} | rates.SystemName[] | rates: Diners",
                "{\"paymentSystemName\":\"Diners\",\"padding\":0} | paymentSystemName[] | payment system name: Diners",
                "{\"pay\":[{\"code\":\"VI\",\"label\":\"Visa\"}]} | pay.label[] | pay: VI, Visa",
            })
    void saysWhereAListStands(String script, String path, String text) {
        assertThat(read("<script>" + script + "</script>").passages())
                .filteredOn(passage -> passage.field() == Field.SCRIPT_DATA)
                .extracting(Passage::detail, Passage::text)
                .containsExactly(tuple(path, text));
    }

    @Test
    void limitsListsAndTheirEntries() {
        String names = "'a1',".repeat(100_000);
        String lists =
                IntStream.range(0, 10_000).mapToObj(i -> "l" + i + "=['Visa'];").collect(Collectors.joining());

        assertThat(texts("<script>l=[" + names + "]</script>", Field.SCRIPT_DATA)
                        .getFirst())
                .hasSizeLessThan(200);
        assertThat(texts("<script>" + lists + "</script>", Field.SCRIPT_DATA)).hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void resolvesNamesOfFlattenedArrays() {
        String html = "<script type='application/json'>[{\"title\":1,\"slug\":2},\"Lanterns\",\"Lanterns2\",\"Sofort\"]"
                + "</script>";

        assertThat(texts(html, Field.SCRIPT_DATA)).containsExactly("Lanterns");
    }

    @Test
    void serverRenderedPageHasNoPassageTwice() {
        String markup = """
                <h1>Paper lantern</h1><p>Folded by <b>hand</b> in our workshop, and posted free of charge.</p>
                <p>We accept Visa and PayPal.</p><ul><li>Red &amp; gold</ul><img alt='Lantern on a table' src=/a.png>""";
        String data = """
                <script type="application/json">{"title":"Paper lantern","pay":"We accept Visa and PayPal.",
                "description":"<p>Folded by <b>hand</b> in our workshop, and posted free of charge.</p><p>New: in blue.</p>",
                "lines":["Folded by","in our workshop"],"colours":[{"label":"Red &amp; gold"}],"caption":"Lantern on a table"}</script>""";

        for (String html : List.of(markup + data, "<head>" + data + "</head><body>" + markup)) {
            assertThat(texts(html, Field.SCRIPT_DATA)).containsExactly("New: in blue.");
            assertThat(texts(html, Field.TEXT))
                    .containsExactly("Folded by hand in our workshop, and posted free of charge.", CLAIM, "Red & gold");
            assertThat(texts(html, Field.HEADING)).containsExactly("Paper lantern");
            assertThat(read(html).structure()).isEqualTo(read(markup).structure());
        }
    }

    @Test
    void keepsProseThatTheMarkupHides() {
        assertThat(texts("<p hidden>" + CLAIM + "</p>" + json("\"a\":\"" + CLAIM + "\""), Field.SCRIPT_DATA))
                .containsExactly(CLAIM);
    }

    @Test
    void readsMarkupInData() {
        String html = json(
                "\"body\":\"\\u003cp>Pay <a href='https://pay.example/me'>here</a> <img src=/visa.svg>\\u003c/p>\"");

        assertThat(texts(html, Field.TEXT)).containsExactly("Pay here");
        assertThat(texts(html, Field.LINK)).containsExactly("pay.example/me", "here");
        assertThat(texts(html, Field.IMAGE)).contains("visa.svg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://lantern.example/a b",
                "flex items-center px-4 text-sm md:w-1/2",
                "btn btn-primary mt-2",
                "M10 20 L30 40 Z",
                "(min-width: 640px) 50vw, 100vw",
                "0 auto 1rem 2px",
                "query Shop($id: ID!) { shop(id: $id) { name } }",
                "function(a){return a + b}",
                "iVBORw0KGgoAAAANSUhEUgAA",
                "/img/paper lantern.jpg",
                "2026-01-02 03:04:05",
                "8f14e45f-ceea-467f-a8a2-1f0d3a5c9b11"
            })
    void dropsValuesForPrograms(String value) {
        assertThat(ScriptStrings.kindOf("value", value)).isEqualTo(StringKind.TECHNICAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We accept Visa and PayPal.",
                "pay by card or transfer",
                "Lifetime access: 19.99 USD",
                "お支払い方法はカードのみ",
                "支付方式",
                "ชำระด้วยบัตร",
                "Оплата картой при получении",
                "Nur 3 Stück verfügbar"
            })
    void keepsProse(String value) {
        assertThat(ScriptStrings.kindOf("value", value)).isEqualTo(StringKind.PROSE);
    }

    @Test
    void findsDataBehindCodeWithQuotes() {
        String html = "<script>var re=/[\"'/]/g; // don't\n/* it's */ var t=`a ${b} '`; if(a/b>1){c='\\''}\n"
                + "window.STATE={\"terms\":\"" + CLAIM + "\",\"n\":[1,2,{}]}</script>";

        assertThat(texts(html, Field.SCRIPT_DATA)).containsExactly(CLAIM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "document.getElementById('a').textContent = 'We accept Visa and PayPal.'",
                "a.innerHTML += `We accept Visa and PayPal.`;",
                "a.append(document.createTextNode(\"We accept Visa and PayPal.\"))",
                "document.write( 'We accept Visa and PayPal.' )",
            })
    void readsProseThatIsWrittenToAnElement(String script) {
        assertThat(texts("<script>" + script + "</script>", Field.SCRIPT_DATA)).containsExactly(CLAIM);
    }

    @Test
    void leavesOutStringsOfCode() {
        String html = "<script>alert('We accept Visa'); track('a b', ['some words here']); if (x) { say('More words') }"
                + "</script>";

        assertThat(texts(html, Field.SCRIPT_DATA)).isEmpty();
    }

    @Test
    void keepsStringsBeforeAFault() {
        String html = "<script>window.STATE={\"terms\":\"" + CLAIM
                + "\",\"more\":function(){}}; x={\"open\":\"It never ends" + "</script>";

        assertThat(texts(html, Field.SCRIPT_DATA)).containsExactly(CLAIM);
    }

    enum HostileData {
        NESTED_OBJECTS(() -> "{\"a\":".repeat(HOSTILE_CHARS / 5)),
        NESTED_ARRAYS(() -> "[".repeat(HOSTILE_CHARS)),
        UNTERMINATED_STRINGS(() -> "{\"a b".repeat(HOSTILE_CHARS / 5)),
        UNTERMINATED_LINES(() -> "{\"a b\n".repeat(HOSTILE_CHARS / 6)),
        UNTERMINATED_TEMPLATES(() -> "{a:`${".repeat(HOSTILE_CHARS / 6)),
        QUOTES(() -> "[\"'`".repeat(HOSTILE_CHARS / 4)),
        SLASHES(() -> "=/[".repeat(HOSTILE_CHARS / 3)),
        COMMENTS(() -> "/*/".repeat(HOSTILE_CHARS / 3)),
        BACKSLASHES(() -> "{\"a\":\"" + "\\".repeat(HOSTILE_CHARS)),
        JSON_IN_JSON(() -> "{\"a\":\"[" + "{\\\"a\\\":\\\"b c\\\"},".repeat(HOSTILE_CHARS / 18) + "]\"}"),
        REFERENCES(() -> "[{" + "\"_1\":1,".repeat(HOSTILE_CHARS / 8) + "},\"a b\"]"),
        PARTS_OF_STREAMS(() -> "f.push([1,\"1:T\"]);".repeat(HOSTILE_CHARS / 18)),
        TAGS(() -> "{\"a\":\"" + "<a <b ".repeat(HOSTILE_CHARS / 6) + "\"}"),
        DISTINCT_PROSE(() -> {
            StringBuilder json = new StringBuilder("[");
            for (int i = 0; json.length() < HOSTILE_CHARS; i++) {
                json.append("\"Word").append(Integer.toString(i, 36)).append(" and more\",");
            }
            return json.toString();
        });

        private final Supplier<String> script;

        HostileData(Supplier<String> script) {
            this.script = script;
        }
    }

    @ParameterizedTest
    @EnumSource(HostileData.class)
    void readsHostileDataInLinearTime(HostileData hostile) {
        String html = "<script>" + hostile.script.get() + "</script><p>We accept cards.";
        org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            PageText page = read(html);
            assertThat(page.passages())
                    .hasSizeLessThan(2 * PassageCollector.MAX_PASSAGES_PER_FIELD)
                    .anyMatch(passage -> passage.text().equals("We accept cards."));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div id=root></div>",
                "<div id=root>Loading …</div><noscript>You need to enable JavaScript to run this app.</noscript>",
                "<p>This site works in browsers that have JavaScript. Please turn it on.</p>",
                "<div id=root><img src=/logo.svg alt=Lantern></div><a href=/>Home</a>",
                "<noscript><iframe src=https://tags.example/ns></iframe></noscript><div hidden>" + CLAIM + CLAIM
                        + "</div>",
                "<script type='application/json'>{\"locale\":\"en\",\"name\":\"Lantern\",\"key\":\"abcdefghijkl\"}</script>"
            })
    void detectsShells(String body) {
        PageText page =
                read("<title>Lantern shop, a small shop for lanterns</title>" + body + "<script src=/a.js></script>");

        assertThat(page.shell()).isTrue();
        assertThat(PageTraits.of(page)).contains("shell:scripts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>Lanterns of paper, folded by hand and posted.</p><script src=/a.js></script>",
                "<div id=root></div>",
                "<noscript><p>Lanterns of paper for 12 EUR, free of charge by post.</p></noscript><script src=/a.js></script>",
                "<form><input name=user><input type=password></form><script src=/a.js></script>",
                "<iframe src=/shop></iframe><script src=/a.js></script>",
                "<a href=/a>A</a><a href=/b>B</a><a href=/c>C</a><script src=/a.js></script>",
                "<script>window.STATE={\"terms\":\"We accept Visa and PayPal.\"}</script>",
                "<p>紙の灯りを手で折っています。</p><script src=/a.js></script>"
            })
    void otherPagesAreNoShells(String body) {
        PageText page = read("<title>Shop</title>" + body);

        assertThat(page.shell()).isFalse();
        assertThat(PageTraits.of(page)).doesNotContain("shell:scripts");
    }
}
