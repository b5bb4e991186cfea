package org.markwatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CanonicalUrl;
import org.markwatch.crawl.Captures;
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
            "PAGE is a URL, which is fetched as a crawl would, or a saved file with --url."
        },
        mixinStandardHelpOptions = true)
final class ExplainVerb implements Callable<Integer> {
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
        Explainer explainer = new Explainer(watchlist, LocalDate.now(clock));
        return what.list == null
                ? explain(watchlist, explainer, String.valueOf(what.page))
                : explainAll(watchlist, explainer, what.list);
    }

    private int explain(Watchlist watchlist, Explainer explainer, String page)
            throws IOException, InterruptedException {
        Explanation explanation;
        if (page.startsWith("http://") || page.startsWith("https://")) {
            Fetch fetch =
                    PageProbe.fetch(watchlist.settings().crawl(), url(page), watchlist.proxyFor(url(page)), clock);
            explanation = explanation(explainer, "", page, fetch);
        } else if (!Files.exists(file(page, null))) {
            throw new BadInput(
                    "there is no file " + page + " here; for a page of the web write its whole URL, for example"
                            + " https://shop.example/checkout");
        } else if (url == null) {
            throw new BadInput(page + " is a file: say with --url which page it is, for example --url"
                    + " https://shop.example/checkout (or give an http or https URL to fetch)");
        } else {
            explanation = explanation(explainer, page, url, read(file(page, null), url(url)));
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
    private int explainAll(Watchlist watchlist, Explainer explainer, Path list) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<String> lines = Files.readAllLines(list);
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
                Path file = file(columns[0], list.toAbsolutePath().getParent());
                out.println(explanation(explainer, columns[0], columns[1], read(file, url(columns[1])))
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

    private Fetch read(Path file, URI url) {
        try {
            return Captures.of(url, Files.readAllBytes(file), clock.instant());
        } catch (IOException e) {
            throw new BadInput(file + " cannot be read; it must be a saved page that you may read");
        }
    }

    private static Path file(String name, @Nullable Path beside) {
        try {
            Path file = Path.of(name);
            return beside == null || Files.exists(file) ? file : beside.resolve(name);
        } catch (InvalidPathException e) {
            throw new BadInput(name + " is no file name");
        }
    }

    private static URI url(String url) {
        return CanonicalUrl.of(url)
                .orElseThrow(() -> new BadInput(
                        url + " is no URL of a page; it must be absolute, http or https, with a host name"));
    }
}
