package org.markwatch.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.markwatch.job.Addition.Group;
import org.markwatch.job.Addition.Placement;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Lexicon;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.LexiconEntry;
import org.markwatch.watchlist.Watchlist;

/** The additions of {@code scripts/bench evade}. */
final class Additions {
    /** Prose that has nothing to do with payment, 182 characters. */
    private static final String PROSE =
            "The library opens at nine and closes at six, and the reading room on the second"
                    + " floor has a view of the park. In spring the gardeners plant tulips along the path that leads to the pond. ";

    private static final String DESCRIPTION =
            "Lecture notes, week 3: police said the defendant argued. We do not accept Visa or PayPal.";

    private static final String HIDE_ALL = "p,div,h1,h2,h3,li,td,span,a,form,section,main{display:none}";

    /** Speaks against a claim in most ways that one text can. */
    private static final String WITNESS =
            "\"The shop took cards\", the witness told the court. \"We paid by Visa\", said another.";

    private static final List<String> FIRMS =
            List.of("acme", "globex", "initech", "umbrella", "hooli", "stark", "wayne", "cyberdyne");

    private static final List<String> COUNTRIES =
            List.of("AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AR", "AT", "AU", "DC", "MC", "VI", "PP", "WU");

    private static final List<String> JSON_LD_TYPES = List.of(
            "NewsArticle",
            "TechArticle",
            "BlogPosting",
            "FAQPage",
            "Course",
            "JobPosting",
            "GovernmentOrganization",
            "NGO",
            "Legislation",
            "Dataset");

    private static final List<String> GENERATORS =
            List.of("Sphinx 7.2", "Docusaurus v3.1.0", "mkdocs-1.5.3", "MediaWiki 1.42.1", "Hugo 0.121.1");

    private Additions() {}

    /**
     * Returns all additions: the texts in each placement, then the elements. Names are unique.
     *
     * @param language language of the entries, such as {@code de}; see {@link #entry}
     */
    static List<Addition> all(Watchlist watchlist, String language) {
        List<Addition> all = new ArrayList<>();
        for (Placement placement : Placement.values()) {
            all.addAll(texts(watchlist, language, placement));
        }
        all.addAll(elements());
        return all;
    }

    /**
     * Returns the additions of one sentence or a few words: the first example of each indicator with negative points,
     * an {@link #entry} of each lexicon category, sentences of {@link #ownTexts}, and those of a witness.
     */
    static List<Addition> texts(Watchlist watchlist, String language, Placement placement) {
        List<Addition> texts = new ArrayList<>();
        for (Indicator indicator : watchlist.indicators()) {
            if (indicator.weight() < 0
                    && !indicator.restricted()
                    && !indicator.match().isEmpty()) {
                texts.add(Addition.text(indicator.id(), indicator.match().getFirst(), placement));
            }
        }
        for (LexiconCategory category : LexiconCategory.values()) {
            String entry = entry(watchlist.lexicon(), category, language);
            if (!entry.isEmpty()) {
                String name =
                        "lexicon " + category.name().toLowerCase(Locale.ROOT).replace('_', '-');
                String words = LexiconEntry.expand(entry).getFirst();
                texts.add(Addition.text(name, words.replace("{brand}", "Visa").replace("*", ""), placement));
            }
        }
        texts.addAll(ownTexts(placement));
        texts.add(Addition.text("witness", WITNESS, placement));
        return texts;
    }

    /**
     * Returns the first entry of a category in a language, or else in English or any language; an empty string if the category
     * has none.
     */
    static String entry(Lexicon lexicon, LexiconCategory category, String language) {
        Map<String, Set<String>> entries = lexicon.languagesOf(category);
        return Stream.of(language, "en")
                .flatMap(wanted -> entries.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(wanted))
                        .map(Map.Entry::getKey))
                .findFirst()
                .orElseGet(() -> entries.keySet().stream().findFirst().orElse(""));
    }

    /** Returns the additions of sentences and headings that combine words of several rules. */
    static List<Addition> ownTexts(Placement placement) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("news report", "Police said on Monday that the court of appeals had heard the plaintiff.");
        texts.put("comparison", "We compare Visa and Mastercard: which card is better when you travel?");
        texts.put(
                "list of brands",
                "Visa, Mastercard, PayPal, Alipay and Western Union are companies that many people have heard of.");
        texts.put("quoted claim", "\"We accept Visa\", he said, and laughed.");
        texts.put("denial", "We do not accept Western Union.");
        texts.put("member list", "Members");
        texts.put("clients", "Our clients and partners include HSBC, Chase, Citibank, Visa and American Express.");
        texts.put("lesson", "What is a payment card? Learn how to use Visa in this tutorial.");
        texts.put("survey", "Survey: 62 % of respondents said they prefer to pay by card, 21 % by PayPal.");
        texts.put(
                "no affiliation",
                "This website is not affiliated with, endorsed by or sponsored by Visa, Mastercard or any other network.");
        texts.put("archive", "Archived copy of a shop that has closed for good, saved for research in 2011.");
        texts.put("museum", "Museum of payments, room 4: a reconstruction of an online shop of the early years");
        texts.put("job advert", "We are hiring: applicants for the position of cashier should know card terminals.");
        texts.put("advice", "Tip for travellers: the exchange rate at the airport is bad, so withdraw cash in town.");
        texts.put("for merchants", "Merchants: our payment gateway plugin connects your store in minutes.");
        texts.put(
                "all purposes",
                "Demo: as the judge said, the shop has closed for good, and applicants on our trip asked for the exchange rate.");
        texts.put("stock market", "Shares of Visa fell by 2 % on Tuesday after the ruling of the regulator.");
        return texts.entrySet().stream()
                .map(text -> Addition.text(text.getKey(), text.getValue(), placement))
                .toList();
    }

    /** Returns the additions of metadata, markup and bytes. */
    static List<Addition> elements() {
        List<Addition> elements = new ArrayList<>();
        metadata(elements);
        markupNotShown(elements);
        markupReadOtherwise(elements);
        bytes(elements);
        shownAndHidden(elements, "inline code", Group.SENTENCE, "<p>Call <code>setup()</code> first.</p>");
        blocks().forEach((name, html) -> shownAndHidden(elements, name, Group.BLOCK, html));
        return elements;
    }

    private static void shownAndHidden(List<Addition> elements, String name, Group shown, String html) {
        elements.add(Addition.inBody(name, shown, html));
        elements.add(Addition.inBody(name + ", hidden", Group.UNSEEN, "<div hidden>" + html + "</div>"));
    }

    private static void metadata(List<Addition> elements) {
        elements.add(Addition.inHead("og:type", "<meta property='og:type' content='article'>"));
        elements.add(Addition.siteName("og:site_name"));
        elements.add(Addition.inHead(
                "publication date", "<meta property='article:published_time' content='2026-01-02T03:04:05Z'>"));
        elements.add(Addition.inHead("description", "<meta name='description' content='" + DESCRIPTION + "'>"));
        elements.add(Addition.inHead("keywords", "<meta name='keywords' content='news, tutorial, court, syllabus'>"));
        for (String generator : GENERATORS) {
            elements.add(
                    Addition.inHead("generator " + generator, "<meta name='generator' content='" + generator + "'>"));
        }
        for (String type : JSON_LD_TYPES) {
            elements.add(Addition.inHead(
                    "JSON-LD " + type,
                    "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"" + type
                            + "\",\"name\":\"Notes\",\"headline\":\"Notes\"}</script>"));
        }
        elements.add(Addition.afterTitle(
                "second title",
                "<title>Visa and Mastercard: history of two card networks - Daily Example News</title>"));
    }

    private static void markupNotShown(List<Addition> elements) {
        elements.add(Addition.inBody("noscript", Group.UNSEEN, "<noscript><p>" + DESCRIPTION + "</p></noscript>"));
        elements.add(Addition.inBody("template", Group.UNSEEN, "<template><p>" + DESCRIPTION + "</p></template>"));
        elements.add(Addition.inBody("comment", Group.UNSEEN, "<!-- " + DESCRIPTION + " -->"));
        elements.add(Addition.inBody("comment of 100 KB", Group.UNSEEN, "<!-- " + PROSE.repeat(560) + "-->"));
    }

    /** What the parser of the page could take for something else than browsers do. */
    private static void markupReadOtherwise(List<Addition> elements) {
        elements.add(Addition.atStart("drawing before the page", "<svg></svg>"));
        elements.add(Addition.atStart("feed before the page", "<rss></rss>"));
        elements.add(Addition.atStart("zero bytes as of UTF-16", " \0".repeat(490)));
        elements.add(Addition.atStart("character set in a comment", "<!-- <meta charset='iso-2022-jp'> -->"));
        elements.add(Addition.atStart("open data URI in a comment", "<!-- 'data:image/png, -->"));
        for (String open : List.of("<!--", "<style>", "<textarea>", "<a href='")) {
            elements.add(Addition.atTop("noscript with an open " + open, "<noscript>" + open + "</noscript>"));
        }
        elements.add(Addition.atTop("20,000 hidden texts", "<p hidden>a</p>".repeat(20_000)));
        elements.add(Addition.atTop(
                "20,100 texts in closed details",
                "<details><summary>+</summary>" + "<p>a".repeat(20_100) + "</details>"));
        elements.add(Addition.inHead("20,100 hosts", numbered("<link rel=preconnect href=//zq%d.example>", 20_100)));
        elements.add(Addition.atTop("end of the parser's input", "<p hidden>\uffff</p>"));
        elements.add(Addition.atStart("archive before the page", "!<arch>\n"));
        elements.add(Addition.atTop("long nesting", "<div>".repeat(600)));
        elements.add(Addition.inHead("style for print", "<style media=print>" + HIDE_ALL + "</style>"));
        elements.add(Addition.inHead("style in a template", "<template><style>" + HIDE_ALL + "</style></template>"));
        elements.add(
                Addition.inHead("style that is undone", "<style>" + HIDE_ALL + "*{display:revert!important}</style>"));
    }

    private static String numbered(String markup, int count) {
        StringBuilder all = new StringBuilder();
        for (int number = 0; number < count; number++) {
            all.append(markup.replace("%d", Integer.toString(number)));
        }
        return all.toString();
    }

    private static void bytes(List<Addition> elements) {
        elements.add(Addition.atEnd("trailing zero bytes", "\0".repeat(64)));
        elements.add(Addition.atEnd("trailing control bytes", "\u0001\u0002\u0003\b\u000e"));
        elements.add(Addition.inBody("stray control bytes", Group.UNSEEN, "\u0001\0\u0002"));
        elements.add(Addition.inBody("stray zero byte", Group.UNSEEN, "\0"));
    }

    /** Returns the markup of blocks by name. */
    private static Map<String, String> blocks() {
        Map<String, String> blocks = new LinkedHashMap<>();
        blocks.put("search form", "<form><input name='q' placeholder='Search'></form>");
        blocks.put(
                "password form",
                "<form><input name='user' placeholder='User'>"
                        + "<input type='password' name='password' placeholder='Password'></form>");
        blocks.put(
                "API key form",
                "<form><label>API key <input name='api_key'></label>"
                        + "<label>Client secret <input name='client_secret'></label></form>");
        blocks.put("country list", "<form><select name='country'>" + options() + "</select></form>");
        blocks.put("code listings", "<pre>a = 1</pre><pre>b = 2</pre><pre>c = 3</pre><pre>d = 4</pre>");
        blocks.put("icon gallery", icons());
        blocks.put(
                "icons with names",
                "<ul><li><i class='fa fa-car'></i> fa-car<li><i class='fa fa-cup'></i> fa-cup"
                        + "<li><i class='fa fa-cloud'></i> fa-cloud</ul>");
        blocks.put("partner logos", "<h3>Our partners</h3>" + logos("partners"));
        blocks.put("logos of firms", logos("img/brands"));
        blocks.put("a logo in six styles", logoStyles());
        blocks.put("table of figures", "<table><tr><td>Visa<td>12 %<tr><td>Mastercard<td>8 %</table>");
        blocks.put("5 KB of prose", paragraphs(7));
        blocks.put("100 KB of prose", paragraphs(140));
        return blocks;
    }

    /** Returns paragraphs of about 730 characters. */
    private static String paragraphs(int count) {
        return ("<p>" + PROSE.repeat(4) + "</p>").repeat(count);
    }

    private static String icons() {
        StringBuilder icons = new StringBuilder("<p>");
        for (int icon = 0; icon < 120; icon++) {
            icons.append("<i class='fa fa-thing-").append(icon).append("'></i>");
        }
        return icons.append("</p>").toString();
    }

    private static String logos(String folder) {
        StringBuilder logos = new StringBuilder("<p>");
        for (String firm : FIRMS) {
            logos.append(String.format(Locale.ROOT, "<img src='/%s/%s.svg' alt='%s'>", folder, firm, firm));
        }
        return logos.append("</p>").toString();
    }

    private static String logoStyles() {
        StringBuilder logos = new StringBuilder("<p>");
        for (String style : List.of("flat", "mono", "outline", "dark", "light", "color")) {
            logos.append("<img src='x/visa-").append(style).append(".svg'>");
        }
        return logos.append("</p>").toString();
    }

    private static String options() {
        StringBuilder options = new StringBuilder();
        for (String code : COUNTRIES) {
            options.append(String.format(Locale.ROOT, "<option value='%s'>%s</option>", code, code));
        }
        return options.toString();
    }
}
