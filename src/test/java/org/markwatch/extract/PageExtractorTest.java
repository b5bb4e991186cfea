package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.crawl.Disposition.RefusalKind;
import org.markwatch.crawl.Link;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.PageAnalysis;
import org.markwatch.crawl.content.InlineData;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;

class PageExtractorTest {
    private final PageExtractor extractor = new PageExtractor();

    private Extraction read(String html) {
        Extraction page = extractor.extract(TestCaptures.html(html));
        assertOffsets(page.text());
        return page;
    }

    private List<Passage> passages(String html, Field field) {
        return read(html).text().passages().stream()
                .filter(p -> p.field() == field)
                .toList();
    }

    private List<String> texts(String html, Field field) {
        return passages(html, field).stream().map(Passage::text).toList();
    }

    /** Returns the passages of a field as {@code detail=text}. */
    private List<String> detailsAndTexts(String html, Field field) {
        return passages(html, field).stream()
                .map(p -> p.detail() + "=" + p.text())
                .toList();
    }

    /** Checks the contract of {@link Passage#start}. */
    private static void assertOffsets(PageText page) {
        Map<Field, String> texts = new EnumMap<>(page.passages().stream()
                .collect(Collectors.groupingBy(
                        Passage::field, Collectors.mapping(Passage::text, Collectors.joining("\n")))));
        for (Passage passage : page.passages()) {
            String text = texts.getOrDefault(passage.field(), "");
            assertThat(text.substring(passage.start(), passage.end())).isEqualTo(passage.text());
            assertThat(passage.text()).isNotEmpty();
            assertThat(passage.detail()).isNotEmpty();
        }
    }

    /** HTML section 13.2.6.4.7: a zero byte in text is ignored. Other control characters are invisible. */
    @Test
    void joinsWordsAroundZeroBytesAndControlCharacters() {
        assertThat(texts("\0<p>We acc\0ept V\0\1isa</p>\0\0", Field.TEXT)).containsExactly("We accept Visa");
    }

    /** HTML section 13.2.5: a zero byte in markup becomes U+FFFD. To drop it would hide the text that visitors see. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<scr\0ipt>We accept Visa</scr\0ipt>",
                "<scr\1ipt>We accept Visa</scr\1ipt>",
                "<!-\0- x>We accept Visa<!-- -->",
                "<!-- --\0><script> -->We accept Visa</script>",
                "<b a=\0\">We accept Visa<b b=\">",
                "<b hid\0den>We accept Visa</b>",
            })
    void readsTextWhoseMarkupZeroBytesBreak(String html) {
        PageText page = read(html).text();
        assertThat(page.passages())
                .filteredOn(passage -> passage.field() == Field.TEXT && !passage.hidden())
                .extracting(Passage::text)
                .containsExactly("We accept Visa");
    }

    @Test
    void joinsInlineTagsWithoutSpaces() {
        assertThat(texts("<p>We take V<b>i</b>s<i>a</i> and <a href=x>Master</a>card</p>", Field.TEXT))
                .containsExactly("We take Visa and Mastercard");
    }

    @Test
    void separatesBadgesWithoutSpaceBetweenThem() {
        assertThat(texts(
                        "<p><i class='b x'><i>Visa</i></i><i class='b y'>MC</i><i class=c>Pay</i><i class=d>Pal</i>",
                        Field.TEXT))
                .containsExactly("Visa MCPayPal");
    }

    @Test
    void makesEachBlockCellAndItemAPassage() {
        String html = "<div>Prices<table><tr><td>One<td>Two</table><ul><li>Gold<li>Silver</ul>each\n  month</div>";
        assertThat(detailsAndTexts(html, Field.TEXT))
                .containsExactly("div=Prices", "td=One", "td=Two", "li=Gold", "li=Silver", "div=each month");
    }

    @Test
    void keepsLineBreaksAsLineFeeds() {
        assertThat(texts("<p>We accept<br> Visa</p><pre>a  b\n  c</pre>", Field.TEXT))
                .containsExactly("We accept\nVisa", "a b\nc");
    }

    @Test
    void separatesWordsAroundImages() {
        assertThat(texts("<p>Visa<img alt=x>Mastercard<svg></svg>JCB</p>", Field.TEXT))
                .containsExactly("Visa Mastercard JCB");
    }

    @Test
    void addsHeadingsOnce() {
        String html = "<h1>Pay <span>here</span></h1><div role=heading aria-level=2>Cards</div><p>Text</p>";
        assertThat(detailsAndTexts(html, Field.HEADING)).containsExactly("h1=Pay here", "heading=Cards");
        assertThat(texts(html, Field.TEXT)).containsExactly("Text");
    }

    @Test
    void addsLinkTextToItsBlockAndSeparately() {
        String html = "<p>Now <a href='/join' title='All plans'>join  us</a> today</p>"
                + "<button>Pay</button><input type=submit value='Buy now'>";
        assertThat(texts(html, Field.TEXT)).containsExactly("Now join us today", "Pay");
        assertThat(detailsAndTexts(html, Field.LINK))
                .containsExactly("a=join us", "title=All plans", "button=Pay", "submit=Buy now");
    }

    @Test
    void addsTheLabelOfALinkWithoutTextAsImage() {
        String html = "<a href=/pay aria-label='Visa'><i class='icon'></i></a>";
        assertThat(detailsAndTexts(html, Field.IMAGE)).containsExactly("class=icon", "aria-label=Visa");
        assertThat(detailsAndTexts(html, Field.LINK)).isEmpty();
    }

    @Test
    void addsUrlOfAClickHandlerAsLink() {
        String html =
                "<button onclick=\"location.href='https://pay.example/me'\">Give</button><b onclick='show(1)'>x</b>";
        assertThat(detailsAndTexts(html, Field.LINK)).containsExactly("href=pay.example/me", "button=Give");
    }

    @Test
    void addsUrlsOnOtherHostsAndOfPaymentSchemes() {
        String html = "<a href='https://pay.example/shop?x=1'>a</a><a href='bitcoin:abc'>b</a><a href='/own'>c</a>"
                + "<a href='javascript:void(0)'>d</a><link rel=canonical href='https://brand.example/login'>";
        assertThat(detailsAndTexts(html, Field.LINK))
                .contains("href=pay.example/shop", "href=bitcoin:abc", "canonical=brand.example/login")
                .doesNotContain("href=shop.example/own");
    }

    @Test
    void readsUrlFromWhichABrowserSavedThePage() {
        String comment = "<!-- saved from url=(0031)https://brand.example/login?x=1 -->";
        assertThat(detailsAndTexts(comment + "<html><title>x</title>", Field.LINK))
                .containsExactly("saved-from=brand.example/login");
        assertThat(detailsAndTexts("<html><head>" + comment + "<title>x</title>", Field.LINK))
                .containsExactly("saved-from=brand.example/login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!-- Mirrored from brand.example/login by HTTrack Website Copier/3.x -->",
                "<!-- Page saved with SingleFile \n url: https://brand.example/login \n saved date: x -->",
                "<html data-scrapbook-source='https://brand.example/login?x=1'>"
            })
    void readsUrlFromWhichAToolSavedThePage(String note) {
        assertThat(detailsAndTexts(note + "<title>x</title>", Field.LINK))
                .containsExactly("saved-from=brand.example/login");
    }

    @Test
    void marksTextHiddenByStyleBlocks() {
        Extraction page = read("<style>/* {x} */ .gone, #far{display:none} #far{} .off{text-indent:-9999px}"
                + " .pale { color: #FFF; background-color: white } .tiny{font-size:0}"
                + " .tab{display:none} .tab.open{display:block} .fade{opacity:0}"
                + " @media print{.paper{display:none}} nav .deep{display:none}</style>"
                + "<p class='a gone'>1</p><p id=far>2</p><p class=off>3</p><p class=pale>4</p><p class=tiny>5</p>"
                + "<p class=tab>6</p><p class=fade>7</p><p class=paper>8</p><p class=deep>9</p>"
                + "<table bgcolor=#ffffff><tr><td><font color=white>10</font><font color=black>11</font></table>");
        assertThat(page.text().passages())
                .filteredOn(p -> p.field() == Field.TEXT && p.hidden())
                .extracting(Passage::text)
                .containsExactly("1", "2", "3", "4", "5", "7", "10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "position:absolute;clip:rect(0, 0, 0, 0) | true",
                "clip:rect(1px 1px 1px 1px) | true",
                "clip:rect(0,200px,200px,0) | false",
                "clip-path:inset(50%) | true",
                "clip-path: inset(5%) | false",
                "clip-path:circle(0) | true",
                "clip-path:circle(50%) | false",
                "width:1px;height:1px;padding:0;overflow:hidden | true",
                "height:0;overflow:hidden | true",
                "max-height:0;overflow:hidden | true",
                "height:0;padding-bottom:56%;overflow:hidden | false",
                "height:10px;overflow:hidden | false",
                "width:100px;overflow:hidden | false",
                "height:0 | false",
                "color:transparent | true",
                "color:transparent;background-clip:text | false",
                "color:transparent;text-shadow:0 0 0 red | false",
                "background:transparent | false",
                "opacity:.01 | true",
                "opacity:1% | true",
                "opacity:.5 | false",
                "opacity:1 | false",
                "transform:scale(0) | true",
                "transform: translate(1px) scaleY(0.01) | true",
                "transform:scale(1.0) | false",
                "transform:scale(0.5) | false",
                "position:absolute;right:-9999px | true",
                "position:fixed;bottom:-200vh | true",
                "left:-99em | false",
                "left:-100% | false",
                "transform:translateX(-9999px) | true",
                "transform:translate(0, -5000px) | true",
                "transform:translate(-50%, -50%) | false",
                "translate:-9999px | true",
                "color:rgba(0, 0, 0, 0) | true",
                "color:rgb(0 0 0 / 0%) | true",
                "color:#0000 | true",
                "color:rgba(0, 0, 0, .5) | false",
                "color:#000000 | false",
                "color:rgb(0 0 0 / .01) | true",
                "color:rgba(0, 0, 0, 1) | false",
                "color:#fdfdfd;background:rgb(255, 255, 255) | true",
                "color:#eee;background:#fff | false",
                "clip-path:polygon(0 0, 0 0, 0 0) | true",
                "clip-path:polygon(0 0, 100% 0, 100% 100%) | false",
                "clip-path:inset(0 100% 0 0) | true",
                "clip-path:inset(0 40% 0 40%) | false",
                "clip-path:ellipse(0 0) | true",
                "transform:matrix(0,0,0,0,0,0) | true",
                "transform:matrix(1,0,0,1,0,0) | false",
                "transform:rotateX(90deg) | true",
                "transform:rotateX(180deg) | false",
                "transform:translateX(9999px) | true",
                "transform:translateX(50vw) | false",
                "scale:0 | true",
                "scale:1.5 | false",
                "zoom:.001 | true",
                "zoom:1 | false",
                "filter:opacity(0) | true",
                "filter:blur(0) | false",
                "font:0/0 a | true",
                "font:400 16px/0 serif | false",
                "font-size:calc(0px) | true",
                "position:fixed;left:100% | true",
                "position:fixed;top:50% | false",
                "position:absolute;top:100% | false",
                "inset:-9999px auto auto -9999px | true",
                "inset:0 | false",
                "margin-inline-start:-9999px | true",
                "text-indent:100%;white-space:nowrap;overflow:hidden | true",
                "text-indent:2em;overflow:hidden | false",
                "max-block-size:0;overflow:hidden | true",
                "contain:paint;height:0 | true",
                "DISPLAY:NONE | true",
                "display:/**/none | true",
                "dis\\70lay:none | true",
                "display:none\\9 | false",
                "content-visibility:hidden | true",
                "display:none;display:block | false",
                "visibility:visible;visibility:hidden | true"
            })
    void marksTextHiddenByStyleAttribute(String style, boolean hidden) {
        Extraction page = read("<p style='" + style + "'>said</p>");

        assertThat(page.text().passages())
                .filteredOn(p -> p.field() == Field.TEXT)
                .extracting(Passage::hidden)
                .containsExactly(hidden);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p{display:none} | true",
                "P { display:none } | true",
                "p{display:none} p{display:block} | false",
                "p{display:none} .b{display:block} | false",
                "p{display:none} p{color:red} | true",
                "p.b{display:none} | true",
                "p.b.c{display:none} | true",
                "p.b{display:none} p{display:block} | true",
                "i.b{display:none} | false",
                "p.x{display:none} | false",
                "#d .b{display:none} | true",
                ".a p{display:none} | true",
                "body .a   div .c{display:none} | true",
                ".x .b{display:none} | false",
                ".b .a{display:none} | false",
                "div > .b{display:none} | true",
                "div.a>.b{display:none} | false",
                ".x > p{display:none} | false",
                "[id=d] p{display:none} | true",
                "#d > [class='b']{display:none} | false",
                "p[class]{display:none} | true",
                "[v-cloak] p{display:none} | false",
                "p:hover{display:none} | false",
                "p[hidden]{display:none} | false",
                "*{display:none} | false",
                "body{display:none} | false",
                "@media print{p{display:none}} | false",
                "@media screen{p{display:none}} | true",
                "@media only screen{@media all{p{display:none}}} | true",
                "@media (min-width:600px){p{display:none}} | true",
                "@media screen and (min-width:2000px){p{display:none}} | false",
                "@media (max-width:600px){p{display:none}} | false",
                "@media screen{} p{display:none} | true",
                "@media print{@media screen{p{display:none}}} | false",
                "@media print{i{}} p{display:none} | true",
                "@layer x{p{display:none}} | true",
                "@supports (display:none){p{display:none}} | false",
                ".b{opacity:0} | true",
                ".b{opacity:0} .b.in{opacity:1} | false",
                ".b{opacity:0;animation:in 1s forwards} | false",
                ".b{opacity:0;transition:opacity 1s} | false",
                ".b{transform:scale(0)} | true",
                ".a *{display:none} | true",
                ".x *{display:none} | false",
                "#d>*{display:none} | true",
                "*.b{display:none} | true",
                "[class^=b]{display:none} | true",
                "[class^=c]{display:none} | false",
                "[class~=c]{display:none} | true",
                "[class$=' c'] p{display:none} | false",
                "[class*=b]{display:none} | true",
                ".\\62 {display:none} | true",
                ".b/**/{display:none} | true",
                "div.a{display:none} | true"
            })
    void marksTextHiddenBySelectorOfNamesAndAncestors(String css, boolean hidden) {
        Extraction page =
                read("<style>" + css + "</style><body><div class='x1 a'><div id=d><p class='b c'>said</p></div></div>");

        assertThat(page.text().passages())
                .filteredOn(p -> p.field() == Field.TEXT)
                .extracting(Passage::hidden)
                .containsExactly(hidden);
    }

    @Test
    void marksTextOfWhatHasNoSizeOrIsDrawnOtherwiseAsHidden() {
        assertThat(passages(
                        "<svg width=0 height=0><foreignObject><p>1</p></foreignObject></svg>"
                                + "<iframe width=0 height=0 srcdoc='<p>2</p>'></iframe><meter value=1>3</meter>"
                                + "<math><semantics><annotation>4</annotation></semantics></math>"
                                + "<iframe width=500 srcdoc='<p>5</p>'></iframe>",
                        Field.TEXT))
                .filteredOn(passage -> !passage.hidden())
                .extracting(Passage::text)
                .containsExactly("5");
    }

    @Test
    void marksTextOfDialogThatIsNotOpenAsHidden() {
        assertThat(passages("<dialog>1</dialog><dialog open>2</dialog>", Field.TEXT))
                .extracting(Passage::text, Passage::hidden)
                .containsExactly(tuple("1", true), tuple("2", false));
        assertThat(passages("<dialog>1</dialog><style>dialog{display:block}</style>", Field.TEXT))
                .extracting(Passage::hidden)
                .containsExactly(false);
    }

    @Test
    void appliesStyleBlocksToWhatStandsBeforeThem() {
        assertThat(passages("<p class=a>1</p><p>2</p><style>.a{display:none}</style>", Field.TEXT))
                .extracting(Passage::text, Passage::hidden)
                .containsExactly(tuple("1", true), tuple("2", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<style media=print>p{display:none}</style>",
                "<style media='(max-width: 1px)'>p{display:none}</style>",
                "<style type=text/x-style>p{display:none}</style>",
                "<template><style>p{display:none}</style></template>",
                "<noscript><style>p{display:none}</style></noscript>",
                "<iframe srcdoc='<style>p{display:none}</style>'></iframe>",
                "<script>x = '<style>p{display:none}</style>'</script>"
            })
    void hidesNothingByStyleBlocksThatDoNotApply(String style) {
        assertThat(passages(style + "<h1>Shop</h1><p>We take Visa</p>", Field.TEXT))
                .extracting(Passage::text, Passage::hidden)
                .containsExactly(tuple("We take Visa", false));
    }

    @Test
    void readsPageThatIsHiddenAsAWholeAsDisplayed() {
        String text = "We take Visa, Mastercard and cash at the door";

        assertThat(passages("<body hidden><p>" + text + "</p><noscript>No scripts</noscript>", Field.TEXT))
                .extracting(Passage::text, Passage::hidden)
                .containsExactly(tuple(text, false), tuple("No scripts", true));
        assertThat(passages("<body><b>Shop</b><p hidden>" + text + "</p>", Field.TEXT))
                .extracting(Passage::hidden)
                .containsExactly(false, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!--",
                "<style>",
                "<script>",
                "<title>",
                "<textarea>",
                "<xmp>",
                "<iframe>",
                "<plaintext>",
                "<a href='",
                "<p",
                "<",
                "</",
                "<?",
                "<svg><style><!--</style></svg>",
                "<template>",
                "<select>",
                "<div hidden>"
            })
    void endsNoscriptAtItsEndTag(String open) {
        String page = "<p>Shop</p><script>a = '<noscript>'</script><!-- <noscript> --><noscript>No " + open
                + "</NoScript ><p>We take Visa</p>";

        assertThat(passages(page, Field.TEXT))
                .filteredOn(passage -> !passage.hidden())
                .extracting(Passage::text)
                .containsExactly("Shop", "We take Visa");
        assertThat(passages("<title>T</title><noscript>" + open + "</noscript><body><p>We take Visa</p>", Field.TEXT))
                .extracting(Passage::text)
                .contains("We take Visa");
    }

    @Test
    void keepsMarkupOfNoscript() {
        assertThat(passages(
                        "<noscript><p>a <img alt='>'></p><!-- c --><style>x{}</style><p>b</p></noscript>", Field.TEXT))
                .extracting(Passage::text, Passage::hidden)
                .containsExactly(tuple("a", true), tuple("b", true));
    }

    @Test
    void readsTextOfALiteralAsDataOfScripts() {
        assertThat(
                        read("<p>Lanterns and candles, made by hand in our workshop</p><script>a = '<p>We take Visa</p>'</script>")
                                .text()
                                .passages())
                .extracting(Passage::field, Passage::text)
                .contains(tuple(Field.SCRIPT_DATA, "We take Visa"))
                .doesNotContain(tuple(Field.TEXT, "We take Visa"));
    }

    @Test
    void triesBoundedSelectorsAtElementsOfManyAncestors() {
        StringBuilder html = new StringBuilder("<style>");
        for (int i = 0; i < 2_000; i++) {
            html.append(".x").append(i).append(" .y .b{display:none}");
        }
        html.append("</style>").append("<div class='y'>".repeat(200)).append("<b class=b>x</b> ".repeat(60_000));

        assertThat(texts(html.toString(), Field.TEXT)).isNotEmpty();
    }

    @Test
    void readsLabelsOfOptions() {
        assertThat(detailsAndTexts(
                        "<select name=pay><optgroup label='Pay with'><option label=PayPal value=1>P</optgroup></select>",
                        Field.FORM))
                .contains("label=Pay with", "label=PayPal");
    }

    @Test
    void addsBackgroundsOfUsedClasses() {
        String html =
                "<style>.pay .v{background:url(visa.svg)} #mc:before{background:url(mc.svg)} .u{background:url(cup.svg)}"
                        + " li{background:url(dot.png)} @media screen{.x{background:url(amex.svg)}}</style>"
                        + "<p class=pay><i class='i v'></i><i id=mc></i><b class=x></b></p>";
        assertThat(detailsAndTexts(html, Field.IMAGE))
                .contains("css-url=visa.svg", "css-url=mc.svg", "css-url=amex.svg", "css-url=dot.png")
                .doesNotContain("css-url=cup.svg");
    }

    @Test
    void parsesUnclosedStyleRulesInLinearTime() {
        String endless = "<style>" + ".a{".repeat(300_000) + "</style><p class=a>x</p>";

        assertThat(texts(endless, Field.TEXT)).containsExactly("x");
    }

    @Test
    void addsSymbolsThatThePageDisplays() {
        String sprite =
                "<svg><symbol id=pay-visa><title>Visa</title></symbol><symbol id=s2><title>JCB</title></symbol></svg>";
        assertThat(detailsAndTexts(sprite + "<svg><use href='#s2'/></svg>", Field.IMAGE))
                .contains("use=s2", "svg-title=JCB")
                .doesNotContain("svg-title=Visa", "id=pay-visa");
        assertThat(detailsAndTexts(sprite, Field.IMAGE)).contains("id=pay-visa", "svg-title=JCB");
    }

    @Test
    void returnsTextForcedRightToLeftAsItIsDisplayed() {
        assertThat(texts("<p>We take <bdo dir=rtl>as<b>iV</b></bdo> now</p>", Field.TEXT))
                .containsExactly("We take Visa now");
        assertThat(texts(
                        "<style>.r{unicode-bidi:bidi-override;direction:rtl}</style><p class=r>asiV<br>lay</p><p dir=rtl>x</p>",
                        Field.TEXT))
                .containsExactly("Visa\nyal", "x");
        assertThat(texts("<p>\u202ew\u202eon\u202c here \u202easiV</p>", Field.TEXT))
                .containsExactly("now here Visa");
        assertThat(texts("<p>\u202e\u05d5\u05d9\u05d6\u05d4\u202c</p>", Field.TEXT))
                .as("letters that are read from right to left")
                .containsExactly("\u05d5\u05d9\u05d6\u05d4");
        assertThat(texts("<p>\u202easiV \u05d5\u05d9 \u05d6\u05d4 edart\u202c</p>", Field.TEXT))
                .as("such words among others")
                .containsExactly("trade \u05d5\u05d9 \u05d6\u05d4 Visa");
    }

    @Test
    void readsRawTextAsBrowsersShowIt() {
        assertThat(texts("<xmp>We take <b>Visa</b></xmp>", Field.TEXT)).containsExactly("We take <b>Visa</b>");
        assertThat(passages("<noembed><p>We take Visa</p></noembed><iframe><p>No frames</p></iframe>", Field.TEXT))
                .extracting(Passage::text, Passage::hidden)
                .containsExactly(tuple("We take Visa", true));
    }

    @Test
    void returnsProseThatAStyleBlockAdds() {
        assertThat(texts(
                        "<style>.p:before{content:'We take ' \"\\56 isa\" ;x:y}.i:after{content:'\\f101'}"
                                + ".a{align-content:'not a text'}.q{content:open-quote}.m{content:'Menu'}"
                                + ".u{content: 'and \\\nPayPal too</style><p>Shop</p>",
                        Field.TEXT))
                .containsExactly("We take Visa", "and PayPal too", "Shop");
    }

    @Test
    void keepsReadingsOfRubyTextOutOfItsWords() {
        assertThat(passages(
                        "<p>\u652f<ruby>\u6255<rp>(</rp><rt>\u306f\u3089</rt><rp>)</rp></ruby>\u3044</p>", Field.TEXT))
                .extracting(Passage::text, Passage::hidden)
                .containsExactly(tuple("\u652f\u6255\u3044", false), tuple("(\u306f\u3089)", true));
    }

    @Test
    void separatesHiddenFromVisibleText() {
        Extraction page = read("<p>V<span style='display: none !important'>x</span>isa</p>"
                + "<div hidden><p>gone</p></div><p style=visibility:hidden>too</p><p style='font-size:0px'>nil</p>"
                + "<p style='position:absolute;left:-9999px'>far</p><p aria-hidden=true>here</p>"
                + "<p style='font-size:0.9em;opacity:.5'>small</p><template><p>inert</p></template>");
        assertThat(page.text().passages())
                .filteredOn(p -> p.field() == Field.TEXT)
                .extracting(Passage::text, Passage::hidden)
                .containsExactly(
                        tuple("Visa", false),
                        tuple("x", true),
                        tuple("gone", true),
                        tuple("too", true),
                        tuple("nil", true),
                        tuple("far", true),
                        tuple("here", false),
                        tuple("small", false),
                        tuple("inert", true));
    }

    @Test
    void readsTitleAndMetadata() {
        String html = "<title>Gold  Club</title><meta name=Description content='30 days'><meta name=viewport content=x>"
                + "<meta name=application-name content=Club><meta property=og:site_name content='Club Site'>"
                + "<meta name=twitter:title content=Card><meta property=og:image content='/img/visa.png'>"
                + "<meta property=og:image:alt content='A logo'><meta property=product:price:amount content='9.99'>";
        Extraction page = read(html);
        assertThat(page.text().title()).isEqualTo("Gold Club");
        assertThat(detailsAndTexts(html, Field.TITLE)).containsExactly("title=Gold Club");
        assertThat(detailsAndTexts(html, Field.META)).containsExactly("description=30 days", "application-name=Club");
        assertThat(detailsAndTexts(html, Field.OPEN_GRAPH))
                .containsExactly(
                        "og:site_name=Club Site",
                        "twitter:title=Card",
                        "og:image:alt=A logo",
                        "product:price:amount=9.99");
        assertThat(detailsAndTexts(html, Field.IMAGE)).containsExactly("og:image=img/visa.png");
    }

    @Test
    void readsJsonLdByKeyPath() {
        String html =
                "<script type='application/ld+json'><!--\n{\"@context\":{\"a\":\"b\"},\"@graph\":[{\"@type\":\"Product\","
                        + "\"offers\":[{\"price\":9.90,\"priceCurrency\":\"USD\"}],},{\"paymentAccepted\":\"Visa, \\u0000JCB\"}], broken: ["
                        + "\"kept\", }\n--></script>";
        assertThat(detailsAndTexts(html, Field.JSON_LD))
                .containsExactly(
                        "@type=Product",
                        "offers.price=9.90",
                        "offers.priceCurrency=USD",
                        "paymentAccepted=Visa, JCB",
                        "broken=kept");
    }

    @Test
    void readsMicrodataRdfaAndGoodRelations() {
        String html = "<div itemscope><span itemprop=name>Gold</span><div itemprop=offers itemscope>"
                + "<b itemprop=price content=9.99>ten</b><link itemprop=acceptedPaymentMethod"
                + " href='http://purl.org/goodrelations/v1#VISA'></div><i property=schema:paymentAccepted>C<u>as</u>h</i>"
                + "<div rel=gr:acceptedPaymentMethods resource='http://purl.org/goodrelations/v1#PayPal'></div></div>";
        assertThat(detailsAndTexts(html, Field.JSON_LD))
                .containsExactly(
                        "name=Gold",
                        "offers.price=9.99",
                        "offers.acceptedPaymentMethod=http://purl.org/goodrelations/v1#VISA",
                        "schema:paymentAccepted=Cash",
                        "gr:acceptedPaymentMethods=http://purl.org/goodrelations/v1#PayPal");
    }

    @Test
    void addsImageReferencesWithoutReadingImages() {
        String html = "<img src='//cdn.example/img/visa-logo.png?v=2' alt='Visa' title='Pay' class='icon _3xk2Q' id=v>"
                + "<img src='blank.gif' data-src='/a/b/master%20card.svg' srcset='m-1x.png 1x, /i/m,2x.png 2x,m3.png'>"
                + "<picture><source srcset=amex.webp><img src='/_next/image?url=%2Flogos%2Fjcb.png&w=64'></picture>"
                + "<i style=\"background: url('/css/maestro.png')\" data-icon='logos:visa'></i>"
                + "<video poster=p.jpg src=v.mp4></video><img src='data:image/png;base64,AAAA'>";
        assertThat(detailsAndTexts(html, Field.IMAGE))
                .containsExactly(
                        "src=cdn.example/img/visa-logo.png",
                        "alt=Visa",
                        "title=Pay",
                        "class=icon _3xk2Q",
                        "id=v",
                        "src=blank.gif",
                        "data-src=b/master card.svg",
                        "srcset=m-1x.png",
                        "srcset=i/m,2x.png",
                        "srcset=m3.png",
                        "srcset=amex.webp",
                        "src=logos/jcb.png",
                        "css-url=css/maestro.png",
                        "data-icon=logos:visa",
                        "poster=p.jpg");
    }

    @Test
    void readsOnlyNamesOfInlineSvg() {
        String html = "<svg class=pay aria-label='Card'><title id=pi-visa>Visa</title><desc>The mark</desc>"
                + "<symbol id=icon-jcb><path d='M0' id=p class=st0 /></symbol><use xlink:href='#icon-visa'/>"
                + "<use href='/sprite.svg#amex'/><text>drawn</text></svg>";
        assertThat(detailsAndTexts(html, Field.IMAGE))
                .containsExactly(
                        "class=pay",
                        "aria-label=Card",
                        "id=pi-visa",
                        "svg-title=Visa",
                        "svg-desc=The mark",
                        "use=icon-visa",
                        "use=sprite.svg#amex");
        assertThat(texts(html, Field.TEXT)).isEmpty();
        assertThat(read(html).text().title()).isEmpty();
    }

    @Test
    void readsCustomElementWithoutAttributes() {
        assertThat(detailsAndTexts("<paypal-button></paypal-button><b></b>", Field.IMAGE))
                .containsExactly("element=paypal-button");
    }

    @Test
    void readsTooltipAttributesAsTitles() {
        String html =
                "<i data-tooltip=Visa></i><i data-bs-original-title=JCB></i><section data-tippy-content='We take Amex'></section>"
                        + "<p data-product-title=Lamp></p>";
        assertThat(detailsAndTexts(html, Field.IMAGE)).containsExactly("title=Visa", "title=JCB");
        assertThat(detailsAndTexts(html, Field.TEXT)).containsExactly("title=We take Amex");
    }

    @Test
    void readsPreloadedAndPrefetchedImages() {
        String html =
                "<link rel=prefetch href=pay/visa.svg><link rel=preload as=image href=pay/jcb><link rel=prefetch href=next>";
        assertThat(detailsAndTexts(html, Field.IMAGE)).containsExactly("prefetch=pay/visa.svg", "preload=pay/jcb");
    }

    @Test
    void readsImageSetsInStyles() {
        String html =
                "<style>.v{background:image-set('img/visa.png' 1x, url(\"img/visa-2.png\") 2x type('image/png'))}</style><i class=v></i>"
                        + "<i style=\"background-image:-webkit-image-set('jcb.webp' 1x)\"></i><i style=\"background:image-set('open\"></i>";
        assertThat(detailsAndTexts(html, Field.IMAGE))
                .containsExactly("css-url=img/visa.png", "css-url=img/visa-2.png", "class=v", "css-url=jcb.webp");
    }

    @Test
    void readsJsonLdInACdataSection() {
        assertThat(detailsAndTexts(
                        "<script type='application/ld+json'>\n//<![CDATA[\n{\"paymentAccepted\":\"Visa\"}\n//]]></script>",
                        Field.JSON_LD))
                .containsExactly("paymentAccepted=Visa");
    }

    @Test
    void readsJsonLdWithACdataMarkerInAValue() {
        assertThat(detailsAndTexts(
                        "<script type='application/ld+json'>{\"paymentAccepted\":\"Visa\",\"about\":\"<![CDATA[ {x\"}</script>",
                        Field.JSON_LD))
                .contains("paymentAccepted=Visa");
    }

    @Test
    void readsImagesOfClassesAndBoundAttributes() {
        String html =
                "<b class='bg-[url(/i/visa.svg)]'></b><img :src=\"require('@/i/jcb.svg')\"><img ng-src=i/amex.png><img [src]='logo'>";
        assertThat(detailsAndTexts(html, Field.IMAGE))
                .containsExactly(
                        "css-url=i/visa.svg", "class=bg-[url(/i/visa.svg)]", "src=i/jcb.svg", "src=i/amex.png");
    }

    @Test
    void ignoresClassesOfPageStructure() {
        assertThat(detailsAndTexts("<section class=visa-faq id=visa><div class=card></div></section>", Field.IMAGE))
                .containsExactly("class=card");
    }

    @Test
    void readsStyleBlocks() {
        String html =
                "<style>@import 'x.css'; .v{background:url(\"img/visa.svg\")} @font-face{src:url(a.woff2)}</style><i class=v></i>"
                        + "<svg><style>.a{fill:url(#g)}</style></svg>";
        assertThat(detailsAndTexts(html, Field.IMAGE)).containsExactly("css-url=img/visa.svg", "class=v");
        assertThat(read(html).referenceCounts())
                .isEqualTo(Map.of(RefusalKind.STYLE, 1, RefusalKind.IMAGE, 1, RefusalKind.FONT, 1));
    }

    @Test
    void readsForms() {
        String html = "<form action='https://pay.example/login?x=1' method=POST id=signin><label for=e>E-mail</label>"
                + "<input id=e name=email autocomplete=username placeholder='Your e-mail'><input type=password name=pw>"
                + "<input type=radio name=method value=paypal><input type=hidden name=token value=abc>"
                + "<select name=card><option value=visa>Visa card</option></select></form>";
        assertThat(detailsAndTexts(html, Field.FORM))
                .containsExactly(
                        "action=pay.example/login",
                        "method=post",
                        "id=signin",
                        "label=E-mail",
                        "name=email",
                        "id=e",
                        "autocomplete=username",
                        "placeholder=Your e-mail",
                        "type=password",
                        "name=pw",
                        "name=method",
                        "value=paypal",
                        "name=token",
                        "value=abc",
                        "name=card",
                        "value=visa");
        assertThat(texts(html, Field.TEXT)).contains("Visa card");
        assertThat(read(html).text().passages())
                .filteredOn(Passage::hidden)
                .extracting(Passage::text)
                .containsExactly("token");
    }

    @Test
    void readsPageGeneratedByAScript() {
        Extraction page = read("""
                <script>document.write(unescape('%3Chtml lang=de%3E%3Ctitle%3EAnmelden%3C/title%3E%3Cform%3E'));
                document.write('<input type="password" name="pw"><p>Weiter <a href="/help">Hilfe</a></p>');</script>""");

        assertThat(page.text().title()).isEqualTo("Anmelden");
        assertThat(page.text().language()).isEqualTo("de");
        assertThat(page.links()).extracting(Link::url).containsExactly(HttpUrl.of("https://shop.example/help"));
        assertThat(page.text().passages())
                .extracting(Passage::field, Passage::text)
                .contains(tuple(Field.TEXT, "Weiter Hilfe"), tuple(Field.FORM, "password"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/x-magento-template",
                "text/template",
                "text/html",
                "text/x-jquery-tmpl",
                "text/x-handlebars-template"
            })
    void readsTemplateInAScriptAsHidden(String type) {
        assertThat(read("<p>one<script type='" + type + "'><p>two</p></script>")
                        .text()
                        .passages())
                .filteredOn(passage -> passage.field() == Field.TEXT)
                .extracting(Passage::text, Passage::hidden)
                .containsExactly(tuple("one", false), tuple("two", true));
    }

    @Test
    void readsJsx() {
        Extraction page = read("""
                <script type="text/babel">const Login = () => (<form onSubmit={send}>
                  <h1>Log in</h1><input type="password" onChange={e => set(e.target.value)} /></form>);</script>""");

        assertThat(page.text().passages())
                .extracting(Passage::field, Passage::text, Passage::hidden)
                .contains(tuple(Field.HEADING, "Log in", false), tuple(Field.FORM, "password", false));
    }

    @Test
    void readsSrcdocOfAFrame() {
        assertThat(texts("<p>one<iframe srcdoc='&lt;p&gt;two&lt;/p&gt;'></iframe><p>three", Field.TEXT))
                .containsExactly("one", "two", "three");
    }

    @Test
    void removesEmbeddedDataFromNestedMarkup() {
        String picture = "data:image/png;base64,iVBORw0KGgo=";
        assertThat(read("<iframe srcdoc=\"<p>a<img alt=b src='" + picture + "'>\"></iframe>"
                                + "<script>x='<img src=\\x64ata:image/png;base64,iVBORw0KGgo=>'</script>")
                        .text()
                        .passages()
                        .toString())
                .contains("text=b")
                .doesNotContain("iVBOR");
    }

    @Test
    void ignoresBaseOfAFrame() {
        assertThat(read("<iframe srcdoc=\"<base href='https://elsewhere.example/'>\"></iframe><a href=b>b</a>")
                        .links())
                .extracting(Link::url)
                .containsExactly(HttpUrl.of("https://shop.example/store/b"));
    }

    @Test
    void limitsNestedMarkup() {
        assertThat(texts(
                        "<script>x='<p>one<script>y=`<p>two<script>z=\"<p>three<script>u=\\'<p>four\\'\"`'</script>",
                        Field.TEXT))
                .containsExactly("one", "two", "three");
        String large = "<script>x='<p>" + "w ".repeat(100_000) + "'</script>";
        assertThat(texts(large + "<p>between" + large, Field.TEXT).getLast()).isEqualTo("between");
    }

    @Test
    void readsAccountOfACopyButton() {
        assertThat(detailsAndTexts(
                        "<input readonly value='an account'><button data-clipboard-text='another'>Copy</button>",
                        Field.FORM))
                .contains("text=an account");
        assertThat(detailsAndTexts("<button data-clipboard-text='another'>Copy</button>", Field.LINK))
                .contains("data-clipboard-text=another");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.codes.example/create-qr-code/?size=9x9&data=bitcoin%3A1BoatSLRHt",
                "https://chart.example/chart?cht=qr&chl=bitcoin:1BoatSLRHt"
            })
    void readsPayloadInTheUrlOfAQrCode(String address) {
        assertThat(detailsAndTexts("<img src='" + address + "'>", Field.LINK)).containsExactly("qr=bitcoin:1BoatSLRHt");
        assertThat(detailsAndTexts("<img src='" + address.replace("qr", "x").replace("chl=", "y=") + "'>", Field.LINK))
                .isEmpty();
    }

    @Test
    void addsUrlsOfScriptsAndFrames() {
        String html =
                "<link rel=preconnect href='https://api.pay.example'><script src='//js.pay.example/v3/?a=b'></script>"
                        + "<iframe src='/own/frame'></iframe><script>// comment.example\nload(\"https:\\/\\/sdk.pay.example\\/js\");"
                        + "var re=/a/;x='//cdn.pay.example/w.js'</script><script type=text/x-template>https://no.example/</script>";
        assertThat(detailsAndTexts(html, Field.SCRIPT))
                .containsExactly(
                        "preconnect=api.pay.example",
                        "src=js.pay.example/v3/",
                        "frame=shop.example/own/frame",
                        "inline=sdk.pay.example/js",
                        "inline=cdn.pay.example/w.js");
    }

    @Test
    void addsHostAndPathOfThePage() {
        assertThat(detailsAndTexts("", Field.URL)).containsExactly("host=shop.example", "path=/store/index.html");
    }

    @Test
    void followsOnlyLinksAllowedByRuleT1() {
        Extraction page = read(
                "<base href='/b/'><link rel=canonical href=c><link rel=alternate hreflang=th href=/th>"
                        + "<link rel=alternate type=application/rss+xml href=/rss><link rel=next href='?page=2'>"
                        + "<link rel=icon href=/i.ico><link rel='alternate stylesheet' href=s.css>"
                        + "<meta http-equiv=Refresh content=\"5; URL='../moved'\">"
                        + "<a href=' x y ' rel='nofollow'>1</a><a href='#top'>2</a><a href='mailto:a@b.example'>3</a>"
                        + "<map><area href='//other.example'></map><iframe src=f.html></iframe>"
                        + "<img src=i.png><script src=j.js></script><embed src=k.swf><object data=l.pdf></object>"
                        + "<a href='https://bücher.example/ä?q=ö'>4</a><a href='https://faß.example/'>ß</a><a href='x%20y'>5</a><a href='http:// bad'>6</a>");
        assertThat(page.links())
                .containsExactly(
                        link("https://shop.example/b/c", "canonical"),
                        link("https://shop.example/th", "alternate"),
                        link("https://shop.example/rss", "alternate"),
                        link("https://shop.example/b/?page=2", "next"),
                        link("https://shop.example/moved", "refresh"),
                        link("https://shop.example/b/x%20y", "a"),
                        link("https://other.example/", "area"),
                        link("https://shop.example/b/f.html", "frame"),
                        link("https://xn--bcher-kva.example/%C3%A4?q=%C3%B6", "a"),
                        link("https://xn--fa-hia.example/", "a"));
        assertThat(page.nofollow()).containsExactly(HttpUrl.of("https://shop.example/b/x%20y"));
        assertThat(page.referenceCounts())
                .isEqualTo(Map.of(
                        RefusalKind.IMAGE,
                        2,
                        RefusalKind.SCRIPT,
                        1,
                        RefusalKind.STYLE,
                        1,
                        RefusalKind.VIDEO,
                        1,
                        RefusalKind.DOCUMENT,
                        1));
    }

    private static Link link(String url, String rel) {
        return new Link(HttpUrl.of(url), rel);
    }

    @Test
    void readsRobotsDirectives() {
        assertThat(read("<meta name=ROBOTS content='NoIndex, follow'>").robots())
                .isEqualTo(new Extraction.RobotsDirectives(true, false));
        assertThat(read("<meta name=robots content='max-image-preview:none'>").robots())
                .isEqualTo(Extraction.RobotsDirectives.NONE);
        Map<String, String> header = Map.of("x-robots-tag", "none");
        assertThat(extractor
                        .extract(TestCaptures.of("http://a.example/", "text/html", header, ""))
                        .robots())
                .isEqualTo(new Extraction.RobotsDirectives(true, true));
        assertThat(read("<meta name=markwatch content='nofollow'>").robots())
                .isEqualTo(new Extraction.RobotsDirectives(false, true));
    }

    @Test
    void ignoresDirectivesForOtherRobots() {
        assertThat(Extraction.RobotsDirectives.NONE.with("otherbot: noindex, nofollow"))
                .isEqualTo(Extraction.RobotsDirectives.NONE);
        assertThat(Extraction.RobotsDirectives.NONE.with("otherbot: noindex, markwatch: nofollow"))
                .isEqualTo(new Extraction.RobotsDirectives(false, true));
        assertThat(Extraction.RobotsDirectives.NONE.with("unavailable_after: 25 Jun 2027 15:00:00 GMT, noindex"))
                .isEqualTo(new Extraction.RobotsDirectives(true, false));
    }

    @Test
    void takesTheLanguageFromMarkupThenHeader() {
        Map<String, String> header = Map.of("content-language", "de-AT, en");
        assertThat(read("<html lang=pt_BR>").text().language()).isEqualTo("pt-br");
        assertThat(read("<meta http-equiv=content-language content=th>").text().language())
                .isEqualTo("th");
        assertThat(read("<html lang='{{ locale }}'>").text().language()).isEmpty();
        assertThat(extractor
                        .extract(TestCaptures.of("http://a.example/", "text/html", header, "<p>x"))
                        .text()
                        .language())
                .isEqualTo("de-at");
    }

    @Test
    void makesEachParagraphOfPlainTextAPassage() {
        Extraction page = extractor.extract(TestCaptures.of(
                "http://a.example/a.txt", "text/plain", Map.of(), "We take\r\n<b>Visa\n\n \nand cash\n"));
        assertOffsets(page.text());
        assertThat(page.text().passages())
                .filteredOn(p -> p.field() == Field.TEXT)
                .extracting(Passage::text)
                .containsExactly("We take <b>Visa", "and cash");
        assertThat(page.links()).isEmpty();
    }

    @Test
    void readsContentAfterASelfClosedElementOfXhtml() {
        Extraction page = extractor.extract(TestCaptures.of(
                "http://a.example/",
                "application/xhtml+xml",
                Map.of(),
                "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' xml:lang='ja'><head><title>T</title>"
                        + "<script src='a.js'/><style><![CDATA[.a{background:url(b.png)}]]></style></head>"
                        + "<body class=\"a\"><p>We take <b>Vi</b>sa &amp; JCB&nbsp;now</p><svg xmlns='http://www.w3.org/2000/svg'>"
                        + "<title>M</title></svg></body></html>"));
        assertThat(page.text().title()).isEqualTo("T");
        assertThat(page.text().language()).isEqualTo("ja");
        assertThat(page.text().passages())
                .extracting(Passage::detail, Passage::text)
                .contains(tuple("p", "We take Visa & JCB now"), tuple("css-url", "b.png"), tuple("svg-title", "M"));
    }

    @Test
    void hashesVisibleText() {
        String hash = read("<title>T</title><p>one  two</p>").textSha256();
        assertThat(hash).hasSize(64);
        assertThat(read("<title>T</title>\n<p class=x>one <b>two</b><i hidden>3</i>")
                        .textSha256())
                .isEqualTo(hash);
        assertThat(read("<title>T</title><p>one three</p>").textSha256()).isNotEqualTo(hash);
    }

    @Test
    void createsPageAnalyser() {
        PageAnalyser<Integer> reader =
                extractor.analyser(new UUID(1, 2), text -> text.passages().size());
        PageAnalysis<Integer> reading = reader.analyse(TestCaptures.html("<a href=/x>y</a>"));
        assertThat(reading.content().applyRules()).isEqualTo(4);
        assertThat(reader.unpack(reading.content().pack()).applyRules()).isEqualTo(4);
        assertThat(reader.unpack(reading.content().pack()).sha256())
                .isEqualTo(reading.content().sha256());
        assertThat(reader.rulesVersion()).isEqualTo(new UUID(1, 2));
        assertThat(reading.links()).containsExactly(link("https://shop.example/x", "a"));
    }

    @Test
    void extractsTenThousandNestedTags() {
        String html = "<div>".repeat(10_000) + "deep" + "<span itemprop=a><label><a>".repeat(10_000) + "deeper";
        assertThat(String.join(" ", texts(html, Field.TEXT))).contains("deep").contains("deeper");
    }

    @Test
    void limitsPassagesOfOnePage() {
        String word = "x".repeat(PassageCollector.MAX_BLOCK_LENGTH * 2 + 5);
        List<String> pieces = texts("<p>" + "word ".repeat(10_000) + word + "</p>", Field.TEXT);
        assertThat(pieces).allMatch(piece -> piece.length() <= PassageCollector.MAX_BLOCK_LENGTH);
        assertThat(String.join("", pieces).replace(" ", "")).isEqualTo("word".repeat(10_000) + word);
        assertThat(texts("<i class='" + "c ".repeat(100_000) + "'>", Field.IMAGE))
                .allMatch(text -> text.length() <= PassageCollector.MAX_VALUE_LENGTH);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            many.append("<i class=c").append(i).append(">");
        }
        assertThat(texts(many.toString(), Field.IMAGE)).hasSize(PassageCollector.MAX_PASSAGES_PER_FIELD);
    }

    @Test
    void keepsRoomForVisibleTextBesideHiddenText() {
        String html = "<p hidden>a</p>".repeat(30_000) + "<b hidden>" + "<img src=a>".repeat(2)
                + "</b><p>We take Visa</p><img src=visa.png>";

        assertThat(texts(html, Field.TEXT)).contains("We take Visa");
    }

    @Test
    void keepsWhatStandsBeforeAndBehindAnyNumberOfPassages() {
        String many = IntStream.range(0, 70_000)
                .mapToObj(i -> "<p>" + i + "<p hidden>h" + i + "<img src=" + i + ".png>")
                .collect(Collectors.joining());
        PageText page = read("<p>We take Visa" + many + "<p>or PayPal<img src=visa.png>")
                .text();
        List<Passage> texts = page.passages().stream()
                .filter(passage -> passage.field() == Field.TEXT)
                .toList();

        assertThat(texts).extracting(Passage::text).contains("We take Visa", "or PayPal", "h0", "h69999");
        assertThat(texts).filteredOn(passage -> !passage.hidden()).hasSize(PassageCollector.MAX_PASSAGES_PER_FIELD);
        assertThat(page.passages()).extracting(Passage::text).contains("visa.png");
    }

    @Test
    void readsOnBehindTheCharacterThatEndsTheInputOfTheParser() {
        assertThat(texts("<p hidden>\uffff</p><p>We take Visa</p>", Field.TEXT)).contains("We take Visa");
    }

    @Test
    void dropsControlCharacters() {
        assertThat(texts("<p>a\u0000b\u0007c&#0;&#xD800;d</p><img alt='x\u0000y\u001b[2J'>", Field.TEXT))
                .noneMatch(text -> text.chars().anyMatch(c -> c < ' ' && c != '\n'));
        assertThat(texts("<img alt='x\u001b[2Jy'>", Field.IMAGE)).containsExactly("x[2Jy");
    }

    @Test
    void keepsOffsetsConsistentForRandomMarkup() {
        String[] pieces = {
            "<p",
            ">",
            "</p>",
            "<a href=",
            "'",
            "\"",
            "visa",
            " ",
            "<!--",
            "-->",
            "<svg>",
            "<title>",
            "</title>",
            "<style>",
            "url(",
            ")",
            "<script type=application/ld+json>",
            "{\"a\":[",
            "1,",
            "\"x\"",
            "}",
            "</script>",
            "<table>",
            "<td>",
            "<h1>",
            "</h1>",
            "<img src=",
            "srcset=",
            ",",
            "data-src=",
            "//",
            "http:",
            "#",
            "?",
            "%",
            "%zz",
            "\\",
            "&",
            "&#x1F4B3;",
            "&amp",
            ";",
            "\u0000",
            "\ud83d",
            "\udcb3",
            "<template>",
            "hidden",
            "style='display:none'",
            "<style>.a{display:none}#b{",
            "</style>",
            "<p class=a>",
            "<bdo dir=rtl>",
            "</bdo>",
            "<pre>",
            "\n",
            "\t",
            "<input type=password>",
            "<option>",
            "<label>",
            "</label>",
            "<br>",
            "itemprop=x",
            "itemscope",
            "<base href=",
            "<link rel=canonical href=",
            "<meta http-equiv=refresh content=",
            "0;url=",
            "ไทย",
            "日本",
            "</",
            "<",
            "<![CDATA[",
            "]]>",
            "<frameset>",
            "<math>",
            "<foreignObject>",
            "<noscript>",
            "<textarea>",
            "</textarea>",
            "<plaintext>",
            "="
        };
        Random random = new Random(20261125);
        for (int page = 0; page < 4_000; page++) {
            StringBuilder soup = new StringBuilder();
            int length = random.nextInt(60);
            for (int i = 0; i < length; i++) {
                soup.append(pieces[random.nextInt(pieces.length)]);
            }
            String type = random.nextInt(4) == 0 ? "application/xhtml+xml" : "text/html";
            Extraction read = PageExtractor.extractOrThrow(
                    TestCaptures.of("https://shop.example/a/b?c#d", type, Map.of(), soup.toString()));
            assertOffsets(read.text());
            assertThat(read.links()).allMatch(link -> link.url().host() != null);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iframe src=\"data:text/html,<a href='http://x.example/'>x</a>\"></iframe>",
                "<iframe src=data:text/html,<a/href=http://x.example/>x</iframe>",
                "<iframe src=\"DATA&colon;text/html;charset=utf-8,%3Ca%20href=http://x.example/%3E\"></iframe>",
                "<object data=\"data:text/html;base64,PGEgaHJlZj1odHRwOi8veC5leGFtcGxlLz4=\"></object>",
                "<a href=\"data:text/html,<a href='http://x.example/'>\">x</a>",
                "<meta http-equiv=refresh content=\"0;url=data:text/html,<a href='http://x.example/'>\">",
                "<base href=\"data:text/html,http://x.example/\">",
                "<script>frame.src = \"data:text/html,<a href='http://x.example/'>x</a>\"</script>"
            })
    void dataDocumentGivesNoLinks(String html) {
        assertThat(PageExtractor.extractOrThrow(TestCaptures.html(InlineData.cutOut(html)))
                        .links())
                .isEmpty();
    }

    @Test
    void readsScriptDataOfShopSystems() {
        assertThat(detailsAndTexts(
                        "<script type='text/x-magento-init'>{\"availableTypes\":[\"VI\"]}</script>"
                                + "<div data-framer-name='Amex_logo 1'></div>",
                        Field.SCRIPT_DATA))
                .containsExactly("availableTypes[]=available types: VI");
        assertThat(detailsAndTexts("<div data-framer-name='Amex_logo 1'></div>", Field.IMAGE))
                .containsExactly("data-framer-name=Amex_logo 1");
    }
}
