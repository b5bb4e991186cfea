package org.markwatch.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.markwatch.crawl.Capture;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.match.Matcher;
import org.markwatch.match.NearMisses;
import org.markwatch.match.PageMatches;
import org.markwatch.score.Finding;
import org.markwatch.score.Scorer;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;

/**
 * {@code scripts/bench hostile}: measures the cost of pages that are made to be expensive, such as pages of nothing but
 * brand names, claims, partial phrases or references. Measures two sizes of each, to show costs that are not linear.
 * Reports the CPU time of one thread with the built-in rules, the minimum of some rounds.
 */
public final class HostileBench {
    private static final HttpUrl PAGE = HttpUrl.of("https://store.example/");
    private static final int ROUNDS = 3;
    private static final int PHRASES_ALIKE = 20_000;
    /** A page with commerce context, so that all rules are evaluated. */
    private static final String SHOP = "<title>Store</title><a href=/cart>Cart</a><p>$5</p>";

    private static final String SIGN_IN =
            "<title>Sign in</title><form><input name=user><input type=password name=password></form>";

    private final Watchlist watchlist;
    private final PageExtractor extractor = new PageExtractor();
    private final Matcher matcher;
    private final NearMisses nearMisses;
    private final Scorer scorer;

    private HostileBench(Watchlist watchlist) {
        LocalDate today = LocalDate.now();
        this.watchlist = watchlist;
        matcher = Matcher.compile(watchlist, today);
        nearMisses = new NearMisses(watchlist, today);
        scorer = new Scorer(watchlist, today);
    }

    /** Arguments: job-config folder, size of a page in KiB, optionally the only kind of page to measure. */
    public static void main(String[] args) throws Exception {
        Watchlist watchlist = withPhrasesAlike(WatchlistReader.read(Path.of(args[0])));
        int size = Integer.parseInt(args[1]) << 10;
        HostileBench bench = new HostileBench(watchlist);
        Map<String, IntFunction<String>> kinds = bench.kinds();
        if (args.length > 2) {
            kinds.keySet().retainAll(List.of(args[2]));
        }
        System.out.printf(
                "CPU ms for a page of %d KiB, and in brackets the ratio to a page of half the size%n%-24s %16s %16s %16s %16s%n",
                size >> 10, "", "parse and walk", "match", "score", "near misses");
        kinds.values().forEach(kind -> bench.measure(kind.apply(size / 8), 1));
        Map<String, Double> seconds = new HashMap<>();
        kinds.forEach((name, kind) -> {
            double[] half = bench.measure(kind.apply(size / 2), ROUNDS);
            double[] whole = bench.measure(kind.apply(size), ROUNDS);
            StringBuilder line = new StringBuilder(String.format("%-24s", name));
            for (int stage = 0; stage < whole.length; stage++) {
                line.append(String.format(Locale.ROOT, " %8.0f (%5.1f)", whole[stage], whole[stage] / half[stage]));
            }
            System.out.println(line);
            seconds.put(name, (whole[0] + whole[1] + whole[2]) / 1e3);
        });
        Map.Entry<String, Double> slowest =
                seconds.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%d kinds; slowest of parse, walk, match and score: %.2f s, %s%n",
                seconds.size(),
                slowest.getValue(),
                slowest.getKey());
    }

    /** Adds phrases of one word that share their first eight letters. */
    private static Watchlist withPhrasesAlike(Watchlist read) {
        Indicator model = read.indicators().stream()
                .filter(indicator -> indicator.type() == Indicator.Type.PHRASE)
                .findFirst()
                .orElseThrow();
        List<Indicator> indicators = new ArrayList<>(read.indicators());
        for (int n = 0; n < PHRASES_ALIKE; n++) {
            indicators.add(new Indicator(
                    "bench.alike." + n,
                    1,
                    Indicator.Type.PHRASE,
                    "discount" + n,
                    model.group(),
                    model.weight(),
                    model.scope(),
                    "",
                    model.state(),
                    null,
                    null,
                    "benchmark",
                    List.of(),
                    List.of(),
                    false));
        }
        return new Watchlist(
                read.settings(),
                read.seeds(),
                read.brands(),
                indicators,
                read.policy(),
                read.lexicon(),
                read.evidence(),
                read.rulesetSha256(),
                read.hashKey());
    }

    private double[] measure(String html, int rounds) {
        Capture capture = capture(html);
        double[] least = new double[4];
        Arrays.fill(least, Double.MAX_VALUE);
        for (int round = 0; round < rounds; round++) {
            PageText page = time(least, 0, () -> extractor.extract(capture).text());
            PageMatches found = time(least, 1, () -> matcher.find(page));
            Finding finding = time(least, 2, () -> {
                Finding scored = scorer.score(page.url(), found.title(), page.language(), found.matches());
                scorer.nearly(scored);
                return scored;
            });
            time(least, 3, () -> nearMisses.of(page, finding.matches()));
        }
        return least;
    }

    private static <T> T time(double[] least, int stage, Supplier<T> work) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        T done = work.get();
        double millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
        least[stage] = Math.min(least[stage], millis);
        return done;
    }

    private static Capture capture(String html) {
        int bytes = html.getBytes(UTF_8).length;
        return new Capture(
                PAGE, PAGE, List.of(PAGE), 200, "text/html", "UTF-8", Map.of(), html, bytes, false, Instant.EPOCH);
    }

    private Map<String, IntFunction<String>> kinds() {
        List<String> names = watchlist.brands().stream()
                .flatMap(brand -> brand.aliases().stream())
                .filter(name -> name.length() > 3)
                .toList();
        List<String> halves = new ArrayList<>();
        List<String> slips = new ArrayList<>();
        for (Indicator indicator : watchlist.indicators()) {
            if (indicator.type() == Indicator.Type.PHRASE
                    && !indicator.pattern().contains("{")) {
                String[] words = indicator.pattern().split(" ");
                halves.add(String.join(" ", Arrays.copyOf(words, Math.max(1, words.length - 1))));
                slips.add(String.join("x ", words));
            }
        }
        Map<String, IntFunction<String>> kinds = new LinkedHashMap<>();
        kinds.put("words", size -> repeat(SHOP + "<p>", "a word or two of text ", size));
        kinds.put("a name", size -> repeat(SHOP + "<p>", "PayPal ", size));
        kinds.put("names", size -> each(SHOP + "<p>", names, " ", size));
        kinds.put("names, described", size -> each("<title>News</title><p>court ruling antitrust ", names, " ", size));
        kinds.put("names in passages", size -> each(SHOP, names, "<p>", size));
        kinds.put("names in headings", size -> each(SHOP, names, "<h1>", size));
        kinds.put("names to sign in", size -> each(SIGN_IN + "<p>", names, " sign in to ", size));
        kinds.put("name over sign-in", size -> repeat("<p>", "PayPal ", size) + SIGN_IN);
        kinds.put("names under sign-in", size -> each(SIGN_IN, names, "<p>Sign in to ", size));
        kinds.put("claims", size -> repeat(SHOP + "<p>", "pay with Visa ", size));
        kinds.put("claims in passages", size -> repeat(SHOP, "<p>we accept Visa and PayPal.", size));
        kinds.put("claims, few names", size -> numbered(SHOP, "<p>%d" + " pay with your".repeat(5) + " Visa", size));
        kinds.put("claims of sentences", size -> repeat(SHOP + "<p>", "We accept Visa. ", size));
        kinds.put("exceptions", size -> repeat(SHOP + "<p>", "we accept Visa but not Visa, PayPal, Visa, ", size));
        kinds.put(
                "vouched-for icons",
                size -> numbered(SHOP, "<i class='" + "mc cup discover ".repeat(60) + "x%d'></i>", size));
        kinds.put(
                "icons and words",
                size -> numbered(
                        SHOP,
                        "<p>" + "discover visa information ".repeat(300) + "<i class='" + "discover visa ".repeat(70)
                                + "x%d'></i>",
                        size));
        kinds.put("clauses", size -> repeat(SHOP + "<p>", "Visa and PayPal by cash, ", size));
        kinds.put("cues alone", size -> repeat(SHOP + "<p>", "we accept ", size));
        kinds.put("weak cues", size -> repeat(SHOP + "<p>", "only accept payment ", size));
        kinds.put("quotations", size -> repeat("<title>x</title><p>", "\u201cwe accept\u201d Visa ", size));
        kinds.put("halves of phrases", size -> each(SHOP + "<p>", halves, " ", size));
        kinds.put("halves in passages", size -> each(SHOP, halves, "<p>", size));
        kinds.put("words alike", size -> repeat(SHOP + "<p>", "discountzz ", size));
        kinds.put("phrases alike", size -> numbered(SHOP + "<p>", "discount%d ", size));
        kinds.put("one letter off", size -> each(SHOP + "<p>", slips, " ", size));
        kinds.put("short passages", size -> repeat(SHOP, "<p>pay", size));
        kinds.put("no space", size -> repeat(SHOP + "<p>", "paypalvisa", size));
        kinds.put("letters alone", size -> repeat(SHOP + "<p>", "v i s a  ", size));
        kinds.put("signs for letters", size -> repeat(SHOP + "<p>", "P4yP@l v1sa ", size));
        kinds.put("backwards", size -> repeat(SHOP + "<p>", "\u202easiv\u202c ", size));
        kinds.put("no spaces (zh)", size -> repeat(SHOP + "<p>", "支付方式微信支付Visa", size / 2));
        kinds.put("wide letters", size -> repeat(SHOP + "<p>", "Ｖｉｓａ ｃａｒｄ ", size / 2));
        kinds.put("amounts", size -> repeat(SHOP + "<p>", "$5 via PayPal, ", size));
        kinds.put("amounts alone", size -> repeat("<p>", "5 1,500.00 ", size));
        kinds.put("addresses", size -> repeat(SHOP + "<p>", "PayPal to shop@mail.example ", size));
        kinds.put("rights", size -> repeat(SIGN_IN + "<p>", "\u00a9 2026 PayPal (c) Copyright Store ", size));
        kinds.put("rights in passages", size -> repeat(SIGN_IN, "<p>\u00a9 PayPal \u00a9", size));
        kinds.put("foot lines", size -> repeat(SIGN_IN, "<p>PayPal " + "-".repeat(8_100) + "x", size));
        kinds.put(
                "accounts",
                size -> repeat(SHOP, "<p>IBAN DE89 3704 0044 0532 0130 00 bank account number: 12345678", size));
        kinds.put("halves of accounts", size -> repeat(SHOP + "<p>", "DE89 3704 0044 ", size));
        kinds.put(
                "titles",
                size -> numbered(
                        SIGN_IN,
                        "<title>PayPal %d</title><meta property=og:site_name content='Store %d'><svg><title>PayPal %d</title></svg>",
                        size));
        kinds.put("digests", size -> repeat(SHOP + "<p>", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT ", size));
        kinds.put("logos", size -> numbered(SHOP, "<img src=/%d/visa.svg>", size));
        kinds.put("a logo", size -> repeat(SHOP, "<img src=/visa.svg>", size));
        kinds.put("logos called alike", size -> numbered(SHOP, "<img src=/ico_pg_visa.gif?%d>", size));
        kinds.put("captions", size -> numbered(SHOP, "<img alt='Visa %d Discover Maestro'>", size));
        kinds.put(
                "strips of marks",
                size -> numbered(SHOP, "<img alt='Visa, Mastercard %d' src=/payment-badges.png>", size));
        kinds.put(
                "boxes of marks", size -> numbered(SHOP, "<i class='payment-icons p%d'><img src=/visa.svg></i>", size));
        kinds.put("icons", size -> numbered(SHOP, "<i class='pay-%d icon-visa'></i>", size));
        kinds.put("icons of a font", size -> numbered(SHOP, "<i class='fa fa-cc-visa fa-%d'></i>", size));
        kinds.put("class tokens", size -> numbered(SHOP + "<i class='", "icon-%d ", size) + "visa'></i>");
        kinds.put("class of marks", size -> repeat(SHOP + "<i class='", "visa-", size) + "'></i>");
        kinds.put("word of marks", size -> repeat(SHOP + "<img src=", "visamc", size) + ".png>");
        kinds.put("srcset", size -> numbered(SHOP + "<img srcset='", "/visa-%d.png 2x, ", size) + "'>");
        kinds.put("links", size -> numbered(SHOP, "<a href=/pay/%d>pay</a>", size));
        kinds.put("links to be paid at", size -> numbered(SHOP, "<a href=https://paypal.me/a%d>x</a>", size));
        kinds.put("assets", size -> numbered(SIGN_IN, "<img src=https://www.paypal.com/%d.png>", size));
        kinds.put("choices", size -> numbered(SHOP + "<form><select>", "<option value=visa-%d>Visa", size));
        kinds.put("fields", size -> numbered(SHOP + "<form>", "<input name=card%d placeholder=Visa>", size));
        kinds.put(
                "objects",
                size -> numbered(
                                SHOP + "<script type=application/ld+json>[",
                                "{\"@type\":\"Offer\",\"price\":\"%d\",\"paymentAccepted\":\"Visa, PayPal\"},",
                                size)
                        + "{}]</script>");
        kinds.put("nested objects", size -> repeat(SHOP + "<script type=application/ld+json>", "{\"offers\":", size));
        kinds.put("scripts", size -> numbered(SHOP, "<script src=https://www.paypal.com/sdk/js?a=%d></script>", size));
        kinds.put(
                "script data",
                size -> numbered(
                                SHOP + "<script type=application/json>[",
                                "{\"text\":\"We accept Visa, lantern %d\"},",
                                size)
                        + "{}]</script>");
        kinds.put("nested script data", size -> repeat(SHOP + "<script>x=", "{\"a\":[", size) + "</script>");
        kinds.put("unterminated data", size -> repeat(SHOP + "<script>x=", "{\"a b", size) + "</script>");
        kinds.put(
                "data in data",
                size -> repeat(SHOP + "<script>x={\"a\":\"[", "{\\\"a\\\":\\\"pay by Visa\\\"},", size)
                        + "]\"}</script>");
        kinds.put("markup in scripts", size -> repeat(SHOP + "<script>x='", "<p>Visa'+'", size) + "'</script>");
        kinds.put("halves of markup", size -> repeat(SHOP + "<script>", "\"<a `<a '<a ${\\u{", size) + "</script>");
        kinds.put("frames of markup", size -> repeat(SHOP, "<iframe srcdoc='<p>Visa'></iframe>", size));
        kinds.put("deep", size -> repeat(SHOP, "<div>", size) + "Visa");
        kinds.put("deep text", size -> repeat(SHOP, "<b>Visa <div>", size));
        kinds.put("metadata", size -> numbered(SHOP, "<meta name=description content='Visa %d'>", size));
        kinds.put("title", size -> each("<title>", names, " | ", size) + "</title>" + SIGN_IN);
        kinds.put("site names", size -> numbered(SIGN_IN, "<meta property=og:site_name content='PayPal %d'>", size));
        kinds.put(
                "site names in a title",
                size -> repeat(
                        numbered(SIGN_IN, "<meta property=og:site_name content='PayPal ab%d'>", 5_000) + "<title>",
                        "PayPal ab ",
                        size));
        kinds.put("hidden", size -> numbered(SHOP, "<p hidden>Visa %d</p>", size));
        kinds.put("hosts", size -> repeat(SHOP + "<p>", "js.stripe.com paypal.com ", size));
        return kinds;
    }

    private static String repeat(String before, String text, int size) {
        return before + text.repeat(size / text.length());
    }

    private static String numbered(String before, String text, int size) {
        StringBuilder page = new StringBuilder(before);
        for (int n = 0; page.length() < size; n++) {
            page.append(text.replace("%d", Integer.toString(n)));
        }
        return page.toString();
    }

    private static String each(String before, List<String> texts, String separator, int size) {
        StringBuilder page = new StringBuilder(before);
        for (int n = 0; page.length() < size; n++) {
            page.append(separator).append(texts.get(n % texts.size()));
        }
        return page.toString();
    }
}
