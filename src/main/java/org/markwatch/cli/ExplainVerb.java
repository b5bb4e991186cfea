package org.markwatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Fetch;
import org.markwatch.crawl.PageProbe;
import org.markwatch.job.Explainer;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description = {
            "What the rules see in a page, and why; stores nothing.",
            "PAGE is a URL, which is fetched as a crawl would, or a saved file with --url; - reads standard input."
        },
        mixinStandardHelpOptions = true)
final class ExplainVerb implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Mixin
    private final Options.Config config = new Options.Config();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(names = "--url", paramLabel = "URL", description = "The URL that a saved file is read as.")
    private @Nullable String url;

    @Option(names = "--json", description = "One JSON object a page and line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    /** One page or many. */
    static final class What {
        @Parameters(paramLabel = "PAGE", description = "URL or file.")
        @Nullable
        String page;

        @Option(
                names = "--list",
                paramLabel = "TSV",
                description = "Lines of file, tab, URL; prints one JSON line a page. Files are looked for from here,"
                        + " then beside the list.")
        @Nullable
        Path list;
    }

    @Override
    public Integer call() throws Exception {
        Watchlist watchlist = CheckVerb.read(config);
        if (url != null && (what.list != null || isUrl(String.valueOf(what.page)))) {
            throw new BadInput("--url says which page a saved file is; leave it out beside "
                    + (what.list != null ? "--list, whose lines have URLs" : "a URL"));
        }
        Explainer explainer = new Explainer(watchlist, LocalDate.now(clock));
        return what.list == null
                ? explain(watchlist, explainer, String.valueOf(what.page))
                : explainAll(watchlist, explainer, what.list);
    }

    private int explain(Watchlist watchlist, Explainer explainer, String page)
            throws IOException, InterruptedException {
        SavedPages saved = saved(watchlist);
        Explanation explanation;
        if (isUrl(page)) {
            URI readAs = SavedPages.url(page);
            Fetch fetch = PageProbe.fetch(watchlist.settings().crawl(), readAs, watchlist.proxyFor(readAs), clock);
            explanation = explanation(explainer, "", page, fetch);
        } else if (!page.equals(STANDARD_INPUT) && !Files.exists(SavedPages.file(page, null))) {
            throw new BadInput(
                    "there is no file " + page + " here; for a page of the web write its whole URL, for example"
                            + " https://shop.example/checkout");
        } else if (url == null) {
            throw new BadInput((page.equals(STANDARD_INPUT) ? "standard input" : page)
                    + " is a file: say with --url which page it is, for example --url"
                    + " https://shop.example/checkout (or give an http or https URL to fetch)");
        } else {
            URI readAs = SavedPages.url(url);
            Fetch fetch = page.equals(STANDARD_INPUT)
                    ? saved.read(System.in, readAs)
                    : saved.read(SavedPages.file(page, null), readAs);
            explanation = explanation(explainer, page, url, fetch);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(explanation.toJson(watchlist.rulesetSha256()));
        } else {
            out.print(explanation.toText(Terminal.colours()));
        }
        return explanation.finding() == null ? ExitCode.FAILED : ExitCode.COMPLETE;
    }

    /** A line that cannot be used is told and passed over; the others are explained all the same. */
    private int explainAll(Watchlist watchlist, Explainer explainer, Path list) {
        PrintWriter out = spec.commandLine().getOut();
        SavedPages saved = saved(watchlist);
        List<String> lines = SavedPages.lines(list, "file, tab, URL");
        int faults = 0;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            String[] columns = line.split("\t", -1);
            if (line.isBlank() || columns[0].equals("path")) {
                continue;
            }
            try {
                if (columns.length < 2) {
                    throw new BadInput("must be a file, a tab and its URL");
                }
                Path file = SavedPages.file(columns[0], list.toAbsolutePath().getParent());
                out.println(explanation(explainer, columns[0], columns[1], saved.read(file, SavedPages.url(columns[1])))
                        .toJson(watchlist.rulesetSha256()));
            } catch (BadInput e) {
                faults++;
                spec.commandLine().getErr().println(Terminal.plain(list + ": line " + number + ": " + e.getMessage()));
            }
        }
        return faults == 0 ? ExitCode.COMPLETE : ExitCode.BAD_INPUT;
    }

    private static Explanation explanation(Explainer explainer, String path, String url, Fetch fetch) {
        return new Explanation(
                path,
                url,
                fetch,
                fetch instanceof Fetch.Captured captured ? explainer.explain(captured.capture()) : null);
    }

    private SavedPages saved(Watchlist watchlist) {
        return new SavedPages(watchlist.settings().crawl().maxBodyBytes(), clock);
    }

    private static boolean isUrl(String page) {
        return page.regionMatches(true, 0, "http://", 0, 7) || page.regionMatches(true, 0, "https://", 0, 8);
    }
}
