package org.markwatch.match;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.jsoup.Jsoup;
import org.markwatch.crawl.Capture;
import org.markwatch.extract.LabelledPage;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;

/**
 * CPU time of fold and match against that of the jsoup parse of the same pages, in one process on one thread. A program, not a
 * test: prints, judges nothing. Arguments: seconds a measurement (default 3).
 */
final class DetectionBenchmark {
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int PARAGRAPHS = 60;
    private static final String SYLLABLES =
            "pay card shop ship order mail prime open free member gold city house market north river"
                    + " light stone paper garden window summer winter music travel season letter number station bridge";

    private static int sink;

    private DetectionBenchmark() {}

    public static void main(String[] args) {
        double seconds = args.length == 0 ? 3 : Double.parseDouble(args[0]);
        List<Capture> captures = captures();
        PageExtractor extractor = new PageExtractor();
        List<PageText> pages = captures.stream()
                .map(capture -> extractor.extract(capture).text())
                .toList();
        long bytes = captures.stream().mapToLong(Capture::bytes).sum();
        System.out.printf(Locale.ROOT, "%d pages, %.1f KB each%n", pages.size(), bytes / 1024.0 / pages.size());

        double parse = micros(captures, capture -> Jsoup.parse(capture.text()).childNodeSize(), seconds);
        double read = micros(
                captures,
                capture -> extractor.extract(capture).text().passages().size(),
                seconds);
        System.out.printf(Locale.ROOT, "jsoup parse                      %8.1f us a page%n", parse);
        System.out.printf(Locale.ROOT, "extract, parse in it             %8.1f us a page%n", read);
        double fold = micros(pages, DetectionBenchmark::fold, seconds);
        print("fold", fold, parse);
        print("readings of disguise", micros(pages, DetectionBenchmark::readings, seconds), parse);
        measure("brands only", pages, List.of(), parse, seconds);
        measure("1,000 regexes", pages, regexes(1_000), parse, seconds);
        measure("10,000 phrases", pages, phrases(10_000), parse, seconds);
        measure("100,000 phrases", pages, phrases(100_000), parse, seconds);
        List<Indicator> both = new ArrayList<>(phrases(100_000));
        both.addAll(regexes(1_000));
        measure("100,000 phrases, 1,000 regexes", pages, both, parse, seconds);
        System.out.println("checked " + sink);
    }

    private static void measure(
            String name, List<PageText> pages, List<Indicator> indicators, double parse, double seconds) {
        long before = CPU.getCurrentThreadCpuTime();
        Matcher matcher = Matcher.compile(Watchlists.of(Watchlists.BRANDS, indicators), Watchlists.TODAY);
        double compile = (CPU.getCurrentThreadCpuTime() - before) / 1e9;
        print(name, micros(pages, page -> matcher.match(page).size(), seconds), parse);
        print("  of it fold, words and index", micros(pages, page -> lookUp(matcher, page), seconds), parse);
        System.out.printf(Locale.ROOT, "    compiled in %.2f s%n", compile);
    }

    private static void print(String name, double micros, double parse) {
        System.out.printf(
                Locale.ROOT, "%-32s %8.1f us a page, %5.1f %% of the parse%n", name, micros, 100 * micros / parse);
    }

    /** CPU time an item, after as long a warm-up. */
    private static <T> double micros(List<T> items, ToIntFunction<T> work, double seconds) {
        double result = 0;
        for (int round = 0; round < 2; round++) {
            long start = CPU.getCurrentThreadCpuTime();
            long rounds = 0;
            do {
                for (T item : items) {
                    sink += work.applyAsInt(item);
                }
                rounds++;
            } while (CPU.getCurrentThreadCpuTime() - start < seconds * 1e9);
            result = (CPU.getCurrentThreadCpuTime() - start) / 1e3 / rounds / items.size();
        }
        return result;
    }

    private static int lookUp(Matcher matcher, PageText page) {
        FoldedText text = new FoldedText();
        Words words = new Words();
        int[] hits = new int[1];
        for (var passage : page.passages()) {
            text.fold(passage.text());
            words.read(text.buffer(), text.length());
            matcher.index().phrases(text, words, (target, start, end) -> hits[0]++);
            matcher.index().anywhere(text, (target, start, end) -> hits[0]++);
        }
        return hits[0];
    }

    private static int fold(PageText page) {
        FoldedText text = new FoldedText();
        int length = 0;
        for (var passage : page.passages()) {
            text.fold(passage.text());
            length += text.length();
        }
        return length;
    }

    private static int readings(PageText page) {
        return page.passages().stream()
                .filter(passage -> passage.field() == Field.TEXT || passage.field() == Field.HEADING)
                .mapToInt(passage -> Disguise.of(passage.text()).size())
                .sum();
    }

    /** The labelled pages, each grown to the size of a page of the web by markup and text without a sign. */
    private static List<Capture> captures() {
        Random random = new Random(1);
        List<Capture> captures = new ArrayList<>();
        for (LabelledPage page : LabelledPage.all()) {
            Capture capture = page.capture();
            StringBuilder text = new StringBuilder(capture.text());
            for (int i = 0; i < PARAGRAPHS; i++) {
                text.append("<div class=\"row g-4 mb-3 align-items-center\" data-index=\"")
                        .append(i)
                        .append("\"><div class=\"col-12 col-md-6\">");
                text.append("<article class=\"card card-body shadow-sm\" data-id=\"")
                        .append(random.nextInt(100_000))
                        .append("\"><a href=\"/");
                text.append(random.nextInt(100_000))
                        .append(
                                "\" class=\"stretched-link text-decoration-none\" title=\"\"><img loading=\"lazy\" width=\"320\"");
                text.append(" height=\"240\" src=\"/media/")
                        .append(random.nextInt(100_000))
                        .append(".jpg\" alt=\"")
                        .append(words(random, 3));
                text.append("\"></a><h3 class=\"h5 card-title\">")
                        .append(words(random, 3))
                        .append("</h3><p>")
                        .append(words(random, 14));
                text.append("</p><ul class=\"list-inline\"><li class=\"list-inline-item\">")
                        .append(words(random, 1))
                        .append("</li></ul></article></div></div>\n");
            }
            String grown = text.toString();
            captures.add(new Capture(
                    capture.url(),
                    capture.finalUrl(),
                    capture.redirects(),
                    capture.status(),
                    capture.contentType(),
                    capture.charset(),
                    capture.headers(),
                    grown,
                    grown.length(),
                    false,
                    capture.fetchedAt()));
        }
        return captures;
    }

    private static String words(Random random, int count) {
        String[] syllables = SYLLABLES.split(" ");
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(syllables[random.nextInt(syllables.length)]);
            if (random.nextInt(3) == 0) {
                words.append(syllables[random.nextInt(syllables.length)]);
            }
        }
        return words.toString();
    }

    private static List<Indicator> phrases(int count) {
        Random random = new Random(2);
        List<Indicator> indicators = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String phrase = words(random, 2 + random.nextInt(3)) + (random.nextInt(50) == 0 ? "" : " x" + i);
            indicators.add(Watchlists.indicator(
                    "p" + i, Indicator.Type.PHRASE, phrase, "crypto", 1, EnumSet.allOf(Field.class)));
        }
        return indicators;
    }

    private static List<Indicator> regexes(int count) {
        Random random = new Random(3);
        List<Indicator> indicators = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String regex = "\\b(" + words(random, 1) + "z" + i + "|" + words(random, 1) + "q" + i + ") (only )?"
                    + words(random, 1) + "r" + i + "s?\\b";
            indicators.add(Watchlists.indicator(
                    "r" + i, Indicator.Type.REGEX, regex, "crypto", 1, EnumSet.of(Field.TEXT, Field.HEADING)));
        }
        return indicators;
    }
}
