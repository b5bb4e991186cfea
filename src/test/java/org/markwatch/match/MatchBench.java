package org.markwatch.match;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs {@link MatchBenchmark}, and prints for each case its share of decoding and parsing the same pages. Before it, a digest
 * of all matches of the shipped rules tells whether a change that should only make matching faster did only that.
 */
public final class MatchBench {
    private static final String BENCHMARKS = Pattern.quote(MatchBenchmark.class.getName()) + ".";

    private MatchBench() {}

    /** Arguments: folders of HTML in UTF-8 to take pages from, beside the synthetic pages. */
    public static void main(String[] args) throws Exception {
        String[] sets = new String[args.length + 1];
        sets[0] = BenchPages.SYNTHETIC;
        System.arraycopy(args, 0, sets, 1, args.length);
        System.out.println("labelled pages: " + digest(BenchPages.labelled()));
        for (String set : sets) {
            List<BenchPages.Page> pages = BenchPages.of(set);
            long bytes = pages.stream().mapToLong(page -> page.bytes().length).sum();
            long text = pages.stream()
                    .flatMap(page -> page.text().passages().stream())
                    .mapToLong(passage -> passage.text().length())
                    .sum();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d pages of %d bytes with %d characters to match; %s%n",
                    set,
                    pages.size(),
                    bytes / pages.size(),
                    text / pages.size(),
                    digest(pages));
        }
        Collection<RunResult> matching = new Runner(new OptionsBuilder()
                        .include(BENCHMARKS + "(fold|match)$")
                        .param("pages", sets)
                        .build())
                .run();
        Collection<RunResult> compiling = new Runner(new OptionsBuilder()
                        .include(BENCHMARKS + "compile$")
                        .param("rules", BenchRules.ONLY_100000_PHRASES.name())
                        .build())
                .run();
        System.out.printf(
                "%nCPU time of one thread a page, medians; the share is that of decoding and parsing it in the same process%n");
        for (RunResult result : matching) {
            System.out.printf(
                    Locale.ROOT,
                    "%-32s %-6s %-28s %8.1f us, parse %8.1f us: %5.1f %%%n",
                    result.getParams().getParam("pages"),
                    result.getParams().getBenchmark().replaceAll(".*\\.", ""),
                    result.getParams().getParamsKeys().contains("rules")
                            ? result.getParams().getParam("rules")
                            : "",
                    median(result, one -> count(one, "work") / count(one, "pages") / 1e3),
                    median(result, one -> count(one, "parse") / count(one, "pages") / 1e3),
                    median(result, one -> 100 * count(one, "work") / count(one, "parse")));
        }
        for (RunResult result : compiling) {
            System.out.printf(
                    Locale.ROOT,
                    "compiling %s: %.0f ms, %.1f MB kept%n",
                    result.getParams().getParam("rules"),
                    median(result, one -> count(one, "work") / 1e6),
                    median(result, one -> count(one, "kept") / 1e6));
        }
    }

    private static double median(RunResult result, ToDoubleFunction<IterationResult> value) {
        double[] sorted = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(value)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static double count(IterationResult iteration, String counter) {
        return Objects.requireNonNull(iteration.getSecondaryResults().get(counter), counter)
                .getScore();
    }

    private static String digest(List<BenchPages.Page> pages) throws Exception {
        Matcher matcher = Matcher.compile(BenchRules.SHIPPED.of(pages), Watchlists.TODAY);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int count = 0;
        for (BenchPages.Page page : pages) {
            for (Match match : matcher.match(page.text())) {
                digest.update(match.toString().getBytes(UTF_8));
                count++;
            }
        }
        return count + " matches with SHA-256 " + HexFormat.of().formatHex(digest.digest());
    }
}
