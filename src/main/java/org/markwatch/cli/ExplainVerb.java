package org.markwatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.engine.SinglePageFetcher;
import org.markwatch.job.PageExplainer;
import org.markwatch.url.HttpUrl;
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
            "Analyses a page and prints its score with matches and reasons. Stores nothing.",
            "PAGE is a URL, which is fetched as a crawl fetches it, or a saved file with --url; - reads standard input."
        },
        mixinStandardHelpOptions = true)
final class ExplainVerb implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Mixin
    private final Options.Config config = new Options.Config();

    @ArgGroup(multiplicity = "1")
    private ExplainInput input = new ExplainInput();

    @Option(names = "--url", paramLabel = "URL", description = "URL of the page in a saved file.")
    private @Nullable String url;

    @Option(names = "--json", description = "Prints one JSON object per page, each on a line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    /** One page, or a list of pages. */
    static final class ExplainInput {
        @Parameters(paramLabel = "PAGE", description = "URL or file.")
        @Nullable
        String page;

        @Option(
                names = "--list",
                paramLabel = "TSV",
                description = "File of lines with the tab-separated columns path and url. Prints one JSON object"
                        + " per page. A path is relative to the current folder or to that of the list.")
        @Nullable
        Path list;
    }

    @Override
    public Integer call() throws Exception {
        Watchlist watchlist = CheckVerb.read(config);
        if (url != null && (input.list != null || isUrl(String.valueOf(input.page)))) {
            throw new BadInputException("--url gives the URL of a saved file; omit it with "
                    + (input.list != null ? "--list, whose lines contain URLs" : "a PAGE that is a URL"));
        }
        PageExplainer explainer = new PageExplainer(watchlist, LocalDate.now(clock));
        return input.list == null
                ? explain(watchlist, explainer, String.valueOf(input.page))
                : explainAll(watchlist, explainer, input.list);
    }

    private int explain(Watchlist watchlist, PageExplainer explainer, String page)
            throws IOException, InterruptedException {
        SavedPages saved = savedPages(watchlist);
        Explanation explanation;
        if (isUrl(page)) {
            HttpUrl readAs = SavedPages.url(page);
            Disposition fetch =
                    SinglePageFetcher.fetch(watchlist.settings().crawl(), readAs, watchlist.proxyFor(readAs), clock);
            explanation = explanation(explainer, "", page, fetch);
        } else if (!page.equals(STANDARD_INPUT) && !Files.exists(SavedPages.file(page, null))) {
            throw new BadInputException(
                    "file " + page + " does not exist; for a page of the web give its complete URL, for example"
                            + " https://shop.example/checkout");
        } else if (url == null) {
            throw new BadInputException((page.equals(STANDARD_INPUT) ? "standard input" : page)
                    + " is a file without URL; give the URL of the page, for example --url"
                    + " https://shop.example/checkout, or an http or https URL to fetch instead of the file");
        } else {
            HttpUrl readAs = SavedPages.url(url);
            Disposition fetch = page.equals(STANDARD_INPUT)
                    ? saved.read(System.in, readAs)
                    : saved.read(SavedPages.file(page, null), readAs);
            explanation = explanation(explainer, page, url, fetch);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(explanation.toJson(watchlist.rulesetSha256()));
        } else {
            out.print(explanation.toText(Terminal.supportsColour()));
        }
        return explanation.finding() == null ? ExitCode.FAILED : ExitCode.COMPLETE;
    }

    /** Reports each invalid line on standard error and continues with the next one. */
    private int explainAll(Watchlist watchlist, PageExplainer explainer, Path list) {
        PrintWriter out = spec.commandLine().getOut();
        SavedPages saved = savedPages(watchlist);
        List<String> lines = SavedPages.lines(list, "path, tab, URL");
        int faults = 0;
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            String[] columns = line.split("\t", -1);
            if (line.isBlank() || columns[0].equals("path")) {
                continue;
            }
            try {
                if (columns.length < 2) {
                    throw new BadInputException("must have the tab-separated columns path and url");
                }
                Path file = SavedPages.file(columns[0], list.toAbsolutePath().getParent());
                out.println(explanation(explainer, columns[0], columns[1], saved.read(file, SavedPages.url(columns[1])))
                        .toJson(watchlist.rulesetSha256()));
            } catch (BadInputException e) {
                faults++;
                spec.commandLine()
                        .getErr()
                        .println(Terminal.sanitise(list + ": line " + number + ": " + e.getMessage()));
            }
        }
        return faults == 0 ? ExitCode.COMPLETE : ExitCode.BAD_INPUT;
    }

    private static Explanation explanation(PageExplainer explainer, String path, String url, Disposition fetch) {
        return new Explanation(
                path,
                url,
                fetch,
                fetch instanceof Disposition.Fetched captured ? explainer.explain(captured.capture()) : null);
    }

    private SavedPages savedPages(Watchlist watchlist) {
        return new SavedPages(watchlist.settings().crawl().maxBodyBytes(), clock);
    }

    private static boolean isUrl(String page) {
        return page.regionMatches(true, 0, "http://", 0, 7) || page.regionMatches(true, 0, "https://", 0, 8);
    }
}
