package org.markwatch.crawl.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jsoup.parser.Parser;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.PageContent;
import org.markwatch.crawl.content.BinaryDetector;
import org.markwatch.crawl.content.Body;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.crawl.content.CaptureDecoder;
import org.markwatch.crawl.fetch.TestFetcher;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.scope.Outlinks;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.extract.Extraction;
import org.markwatch.extract.PageExtractor;
import org.markwatch.match.Matcher;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.WatchlistReader;

/**
 * Measures the CPU time of each stage for a page in one thread: medians of rounds in one process, with the built-in
 * rules.
 */
public final class StageBench {
    private static final int MAX_BODY = 2 << 20;
    private static final int WARM_UP = 5;
    /** Keeps the compiler from leaving work out. Hashes of results would cost as much as a tenth of the work. */
    private static volatile Object last = "";

    private StageBench() {}

    private record Sample(
            FrontierUrl page,
            byte[] packed,
            Body body,
            Capture capture,
            Extraction read,
            PageContent<Integer> content) {}

    private interface Work {
        Object on(Sample sample) throws IOException;
    }

    /** Arguments: job-config folder, rounds. */
    public static void main(String[] args) throws Exception {
        Matcher matcher = Matcher.compile(WatchlistReader.read(Path.of(args[0])), LocalDate.now());
        PageExtractor extractor = new PageExtractor();
        PageAnalyser<Integer> analyser = extractor.analyser(new UUID(0, 0), text -> 0);
        Map<String, Work> stages = new LinkedHashMap<>();
        stages.put("decompress, check signatures", sample -> unpack(sample.packed));
        stages.put("decode, remove data URIs", sample -> capture(sample.page.url(), sample.body));
        stages.put("jsoup parse", sample -> Parser.htmlParser().parseInput(sample.capture.text(), ""));
        stages.put("parse, walk", sample -> extractor.extract(sample.capture));
        stages.put(
                "parse, walk, hashes",
                sample -> analyser.analyse(sample.capture).content().sha256());
        stages.put("pack for storage", sample -> sample.content.pack());
        stages.put(
                "links",
                sample -> Outlinks.of(
                        sample.page.url(),
                        sample.page.depth(),
                        sample.page.site(),
                        Outlinks.canonical(sample.read.links())));
        stages.put("match", sample -> matcher.match(sample.read.text()));
        measure(stages, samples(extractor, analyser), Integer.parseInt(args[1]));
    }

    private static void measure(Map<String, Work> stages, List<Sample> samples, int rounds) throws IOException {
        Map<String, double[]> micros = new LinkedHashMap<>();
        stages.keySet().forEach(stage -> micros.put(stage, new double[rounds]));
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Map.Entry<String, Work> stage : stages.entrySet()) {
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (Sample sample : samples) {
                    last = stage.getValue().on(sample);
                }
                long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                if (round >= 0) {
                    Objects.requireNonNull(micros.get(stage.getKey()))[round] = (end - start) / 1e3 / samples.size();
                }
            }
        }
        System.out.printf(
                "%d pages, %d rounds (%s)%n",
                samples.size(), rounds, last.getClass().getSimpleName());
        micros.forEach((stage, times) -> {
            Arrays.sort(times);
            System.out.printf(Locale.ROOT, "%-28s %6.0f us%n", stage, times[rounds / 2]);
        });
    }

    private static List<Sample> samples(PageExtractor extractor, PageAnalyser<Integer> analyser) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (SyntheticWeb web = SyntheticWeb.start(new SyntheticWeb.Plan(5, 30, 40_000, 7))) {
            for (String page : (Iterable<String>) web.pages()::iterator) {
                HttpUrl url = HttpUrl.of(page);
                byte[] packed = pack(web.page(URI.create(page)));
                Body body = unpack(packed);
                Capture capture = capture(url, body);
                samples.add(new Sample(
                        TestFetcher.visit(url),
                        packed,
                        body,
                        capture,
                        extractor.extract(capture),
                        analyser.analyse(capture).content()));
            }
        }
        return samples;
    }

    private static byte[] pack(byte[] page) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(page);
        }
        return out.toByteArray();
    }

    private static Body unpack(byte[] packed) throws IOException {
        return Body.read(
                new ByteArrayInputStream(packed),
                "gzip",
                MAX_BODY,
                BodyMemory.BufferBudget.UNLIMITED,
                System::nanoTime,
                BinaryDetector.ofPage("UTF-8"));
    }

    private static Capture capture(HttpUrl url, Body body) {
        CaptureDecoder.ResponseHead head =
                new CaptureDecoder.ResponseHead(url, List.of(url), 200, "text/html", "UTF-8", Map.of(), Instant.EPOCH);
        return ((Disposition.Fetched) CaptureDecoder.decode(body, head)).capture();
    }
}
