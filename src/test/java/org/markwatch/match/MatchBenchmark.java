package org.markwatch.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.markwatch.text.FoldedPage;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What matching costs beside decoding and parsing the same pages, in CPU time of one thread of one process: each invocation
 * parses all pages and then does its work on them, and both are measured. {@link MatchBench} starts it and prints the ratios.
 *
 * <p>Each invocation has a matcher of its own, to which the pages are new: a matcher remembers what it met.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 25)
@Measurement(iterations = 25)
public class MatchBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** CPU time of the two parts of an invocation, in nanoseconds; in a compilation, what is kept of it. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cpu {
        /** Pages that were gone through. */
        public long pages;
        /** Nanoseconds of decoding and parsing them. */
        public long parse;
        /** Nanoseconds of what is measured. */
        public long work;
        /** Bytes that compiled rules hold. */
        public long kept;
    }

    /** The pages. */
    @State(Scope.Benchmark)
    public static class Pages {
        /** {@value BenchPages#SYNTHETIC}, or a folder of HTML in UTF-8. */
        @Param(BenchPages.SYNTHETIC)
        public String pages = BenchPages.SYNTHETIC;

        List<BenchPages.Page> all = List.of();
        final FoldedPage folded = new FoldedPage();

        /** Reads them, and their text. */
        @Setup
        public void read() throws Exception {
            all = BenchPages.of(pages);
        }

        private int decodeAndParse(Cpu cpu) {
            long start = THREADS.getCurrentThreadCpuTime();
            int nodes = 0;
            for (BenchPages.Page page : all) {
                nodes += Jsoup.parse(new String(page.bytes(), UTF_8), "http://a.example/")
                        .childNodeSize();
            }
            cpu.parse += THREADS.getCurrentThreadCpuTime() - start;
            cpu.pages += all.size();
            return nodes;
        }
    }

    /** What is looked for. */
    @State(Scope.Benchmark)
    public static class Rules {
        /** Which rules. */
        @Param
        public BenchRules rules = BenchRules.SHIPPED;

        Watchlist watchlist = Watchlists.of(List.of(), List.of());
        Matcher matcher = Matcher.compile(watchlist, Watchlists.TODAY);

        /** Reads the shipped ones, makes the others of words of the pages. */
        @Setup
        public void make(Pages pages) throws WatchlistException {
            watchlist = rules.of(pages.all);
        }

        /** Forgets what was met before. */
        @Setup(Level.Invocation)
        public void compile() {
            matcher = Matcher.compile(watchlist, Watchlists.TODAY);
        }
    }

    /** Folds all text and splits it into words. */
    @Benchmark
    public int fold(Pages pages, Cpu cpu) {
        int seen = pages.decodeAndParse(cpu);
        long start = THREADS.getCurrentThreadCpuTime();
        for (BenchPages.Page page : pages.all) {
            pages.folded.fold(page.text().passages());
            seen += pages.folded.words().count();
        }
        cpu.work += THREADS.getCurrentThreadCpuTime() - start;
        return seen;
    }

    /** Folds and matches. */
    @Benchmark
    public int match(Pages pages, Rules rules, Cpu cpu) {
        int seen = pages.decodeAndParse(cpu);
        long start = THREADS.getCurrentThreadCpuTime();
        for (BenchPages.Page page : pages.all) {
            seen += rules.matcher.match(page.text()).size();
        }
        cpu.work += THREADS.getCurrentThreadCpuTime() - start;
        return seen;
    }

    /** Compiles, and asks for what the heap keeps of it. */
    @Benchmark
    public Matcher compile(Rules rules, Cpu cpu) {
        long before = usedHeap();
        long start = THREADS.getCurrentThreadCpuTime();
        Matcher compiled = Matcher.compile(rules.watchlist, Watchlists.TODAY);
        cpu.work += THREADS.getCurrentThreadCpuTime() - start;
        cpu.kept += usedHeap() - before;
        return compiled;
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
