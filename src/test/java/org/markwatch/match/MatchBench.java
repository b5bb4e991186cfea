package org.markwatch.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.markwatch.crawl.Capture;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.extract.Extraction;
import org.markwatch.extract.LabelledPage;
import org.markwatch.extract.PageExtractor;
import org.markwatch.extract.PageText;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;

/**
 * What matching costs beside decoding and parsing the same pages, in CPU time of one thread, in
 * alternating rounds of one process. Prints too a digest of all matches of the shipped rules, to tell whether a change that
 * should only make it faster did only that.
 */
public final class MatchBench {
    private static final int MEDIAN_BYTES = 40_000;

    /** A page as it came and as it is read. */
    private record Sample(byte[] bytes, Capture capture, PageText text) {}

    private interface Work {
        /** Something that depends on all that was done. */
        int on(Sample sample);
    }

    private MatchBench() {}

    /** Arguments: job-config folder with the rules, rounds, and optionally a folder of HTML in UTF-8 to take pages from. */
    public static void main(String[] args) throws Exception {
        Watchlist watchlist = WatchlistReader.read(Path.of(args[0]));
        int rounds = Integer.parseInt(args[1]);
        List<Sample> labelled = Stream.of(LabelledPage.all(), LabelledPage.heldOut())
                .flatMap(List::stream)
                .map(page -> sample(page.capture()))
                .toList();
        List<Sample> synthetic = synthetic();
        Map<String, List<Sample>> sets = new LinkedHashMap<>();
        sets.put("labelled", labelled);
        sets.put("synthetic", synthetic);
        if (args.length > 2) {
            sets.put("folder", folder(Path.of(args[2])));
        }
        System.out.println(
                "matches of the shipped rules: " + digest(Matcher.compile(watchlist, Watchlists.TODAY), sets));

        List<String> vocabulary = vocabulary(synthetic);
        Map<String, Supplier<Matcher>> matchers = new LinkedHashMap<>();
        matchers.put("shipped rules", () -> Matcher.compile(watchlist, Watchlists.TODAY));
        matchers.put("+ 10,000 phrases", compiled(watchlist, phrases(10_000, vocabulary)));
        matchers.put("+ 100,000 phrases", compiled(watchlist, phrases(100_000, vocabulary)));
        matchers.put("+ 1,000 regexes", compiled(watchlist, regexes(1_000, vocabulary)));
        matchers.put("100,000 phrases alone", compiled(nothing(watchlist), phrases(100_000, vocabulary)));
        matchers.put("1,000 regexes alone", compiled(nothing(watchlist), regexes(1_000, vocabulary)));
        compileTimes(watchlist, vocabulary);
        for (Map.Entry<String, List<Sample>> set : sets.entrySet()) {
            measure(set.getKey(), set.getValue(), matchers, rounds);
        }
    }

    private static void measure(
            String name, List<Sample> samples, Map<String, Supplier<Matcher>> matchers, int rounds) {
        Map<String, Work> works = new LinkedHashMap<>();
        works.put(
                "decode + parse",
                sample -> Jsoup.parse(new String(sample.bytes, UTF_8), "http://a.example/")
                        .childNodeSize());
        PageExtractor extractor = new PageExtractor();
        works.put("parse + extract", sample -> extractor.extract(sample.capture).hashCode());
        FoldedText folded = new FoldedText();
        works.put("fold + words", sample -> {
            int count = 0;
            for (var passage : sample.text.passages()) {
                folded.fold(passage.text());
                count += folded.words().count;
            }
            return count;
        });
        Map<String, double[]> times = new LinkedHashMap<>();
        int[] seen = new int[1];
        for (int round = -2; round < rounds; round++) {
            // a matcher remembers what it met, so each round has its own, to which the pages are new
            matchers.forEach((rules, compiled) -> {
                Matcher matcher = compiled.get();
                works.put(rules, sample -> matcher.match(sample.text).size());
            });
            works.keySet().forEach(work -> times.putIfAbsent(work, new double[rounds]));
            for (Map.Entry<String, Work> work : works.entrySet()) {
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (Sample sample : samples) {
                    seen[0] ^= work.getValue().on(sample);
                }
                if (round >= 0) {
                    Objects.requireNonNull(times.get(work.getKey()))[round] =
                            (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
                                    / 1e3
                                    / samples.size();
                }
            }
        }
        long bytes = samples.stream().mapToLong(sample -> sample.bytes.length).sum();
        System.out.printf(
                Locale.ROOT,
                "%n%s: %d pages, %d KB on average, %d rounds (%x)%n",
                name,
                samples.size(),
                bytes / 1000 / samples.size(),
                rounds,
                seen[0]);
        double parse = median(Objects.requireNonNull(times.get("decode + parse")));
        times.forEach((work, values) -> System.out.printf(
                Locale.ROOT, "%-24s %9.0f us/page %6.1f %%%n", work, median(values), 100 * median(values) / parse));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void compileTimes(Watchlist watchlist, List<String> vocabulary) {
        Watchlist large = with(nothing(watchlist), phrases(100_000, vocabulary));
        double[] millis = new double[5];
        for (int i = 0; i < millis.length; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Matcher.compile(large, Watchlists.TODAY);
            millis[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
        }
        long before = used();
        Matcher kept = Matcher.compile(large, Watchlists.TODAY);
        long after = used();
        System.out.printf(
                Locale.ROOT,
                "compiling 100,000 phrases: %.0f ms, %.1f MB (%d)%n",
                median(millis),
                (after - before) / 1e6,
                kept.match(Pages.page().build()).size());
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Supplier<Matcher> compiled(Watchlist watchlist, List<Indicator> more) {
        Watchlist all = with(watchlist, more);
        return () -> Matcher.compile(all, Watchlists.TODAY);
    }

    private static Watchlist with(Watchlist watchlist, List<Indicator> more) {
        List<Indicator> all = new ArrayList<>(watchlist.indicators());
        all.addAll(more);
        return new Watchlist(
                watchlist.settings(), watchlist.seeds(), watchlist.brands(), all, watchlist.policy(), "0".repeat(64));
    }

    private static Watchlist nothing(Watchlist watchlist) {
        return new Watchlist(watchlist.settings(), List.of(), List.of(), List.of(), watchlist.policy(), "0".repeat(64));
    }

    /** Half of the phrases are of words that stand in the pages, half of made-up words. */
    private static List<Indicator> phrases(int count, List<String> vocabulary) {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, count)
                .mapToObj(i -> rule("bench.phrase." + i, Indicator.Type.PHRASE, words(random, vocabulary, i % 2 == 0)))
                .toList();
    }

    private static String words(SplittableRandom random, List<String> vocabulary, boolean known) {
        StringBuilder phrase = new StringBuilder();
        for (int n = 2 + random.nextInt(2); n > 0; n--) {
            phrase.append(known ? vocabulary.get(random.nextInt(vocabulary.size())) : madeUp(random));
            phrase.append(n > 1 ? " " : "");
        }
        return phrase.toString();
    }

    private static String madeUp(SplittableRandom random) {
        String parts = "bacedifoguhajekilomunaperisotuvawexayozi";
        StringBuilder word = new StringBuilder();
        for (int n = 3 + random.nextInt(2); n > 0; n--) {
            int part = 2 * random.nextInt(parts.length() / 2);
            word.append(parts, part, part + 2);
        }
        return word.toString();
    }

    /** One expression in fifty hangs on a word that stands in the pages. */
    private static List<Indicator> regexes(int count, List<String> vocabulary) {
        SplittableRandom random = new SplittableRandom(2);
        List<String> long5 =
                vocabulary.stream().filter(word -> word.length() >= 5).toList();
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String word = i % 50 == 0 ? long5.get(random.nextInt(long5.size())) : madeUp(random);
                    return rule(
                            "bench.regex." + i,
                            Indicator.Type.REGEX,
                            "\\b" + Pattern.compile("\\W").matcher(word).replaceAll("") + " ?[0-9]{1,4} ?(?:"
                                    + madeUp(random) + "|" + madeUp(random) + ")\\b");
                })
                .toList();
    }

    private static Indicator rule(String id, Indicator.Type type, String pattern) {
        return Watchlists.indicator(id, type, pattern, "checkout", 1, EnumSet.allOf(Field.class));
    }

    private static List<String> vocabulary(List<Sample> samples) {
        return samples.stream()
                .flatMap(sample -> sample.text.passages().stream())
                .filter(passage -> passage.field() == Field.TEXT)
                .flatMap(passage -> Pattern.compile("[^a-z]+").splitAsStream(passage.text()))
                .filter(word -> word.length() > 2)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Sample> synthetic() throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (SyntheticWeb web = SyntheticWeb.start(new SyntheticWeb.Plan(10, 10, MEDIAN_BYTES, 7))) {
            for (String url : (Iterable<String>) web.pages()::iterator) {
                samples.add(sample(URI.create(url), get(web, URI.create(url))));
            }
        }
        return samples;
    }

    private static byte[] get(SyntheticWeb web, URI url) throws IOException {
        String[] address =
                Objects.requireNonNull(web.resolve().get(url.getHost())).split(":");
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.0\r\nHost: %s\r\n\r\n"
                            .formatted(url.getPath(), url.getHost())
                            .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4).getBytes(UTF_8);
        }
    }

    private static List<Sample> folder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> pages = files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
            int step = Math.max(1, pages.size() / 200);
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < pages.size(); i += step) {
                samples.add(sample(URI.create("http://docs.example/" + i), Files.readAllBytes(pages.get(i))));
            }
            return samples;
        }
    }

    private static Sample sample(URI url, byte[] bytes) {
        return sample(new Capture(
                url,
                url,
                List.of(url),
                200,
                "text/html",
                "UTF-8",
                Map.of(),
                new String(bytes, UTF_8),
                bytes.length,
                false,
                Instant.EPOCH));
    }

    private static Sample sample(Capture capture) {
        Extraction extraction = new PageExtractor().extract(capture);
        return new Sample(capture.text().getBytes(UTF_8), capture, extraction.text());
    }

    private static String digest(Matcher matcher, Map<String, List<Sample>> sets) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int count = 0;
        for (List<Sample> samples : sets.values()) {
            for (Sample sample : samples) {
                for (Match match : matcher.match(sample.text)) {
                    digest.update(match.toString().getBytes(UTF_8));
                    count++;
                }
            }
        }
        return count + " with SHA-256 " + HexFormat.of().formatHex(digest.digest());
    }
}
