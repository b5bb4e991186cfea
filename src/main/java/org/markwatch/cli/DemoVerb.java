package org.markwatch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.markwatch.demo.DemoWeb;
import org.markwatch.demo.Request;
import org.markwatch.demo.RequestLog;
import org.markwatch.job.ResumePolicy;
import org.markwatch.report.Exports;
import org.markwatch.review.Accounts;
import org.markwatch.review.Passwords;
import org.markwatch.review.Role;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Runs a crawl over the bundled demo web on loopback, then serves the review console.",
        mixinStandardHelpOptions = true)
final class DemoVerb implements Callable<Integer> {
    private static final String REVIEWER = "demo";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:HOME:-${sys:user.home}}/.markwatch/demo",
            description = "Folder of the demo's own database (default: $HOME/.markwatch/demo).")
    private Path folder = Path.of(System.getProperty("user.home"), ".markwatch", "demo");

    @Option(names = "--no-serve", description = "Ends after the crawl and its results, without the review console.")
    private boolean tableOnly;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Options.Data data = new Options.Data();
        data.folder = folder;
        try (DemoWeb web = DemoWeb.start()) {
            Watchlist watchlist = watchlist(web);
            try (Application application = tableOnly
                    ? Application.batch(data, watchlist)
                    : Application.console(data, watchlist, configFolder())) {
                int code = RunVerb.run(application, watchlist, ResumePolicy.NEVER, false, null, spec);
                if (code == ExitCode.COMPLETE) {
                    out.println();
                    out.println(flaggedTable(application));
                    out.println(UnreadUrls.pages(application.bean(DataSource.class), latest(application)));
                    out.println(requestCounts(web.requests()));
                    out.flush();
                }
                if (code == ExitCode.COMPLETE && !tableOnly) {
                    serve(application, watchlist, out);
                }
                return code;
            }
        }
    }

    private static Watchlist watchlist(DemoWeb web) throws WatchlistException {
        Options.Config config = new Options.Config();
        config.folder = configFolder();
        Watchlist configured = CheckVerb.read(config);
        return configured.withAddresses(web.resolve());
    }

    private static Path configFolder() {
        return Path.of(System.getProperty("markwatch.config", "job-config"), "demo");
    }

    private static String flaggedTable(Application application) {
        List<Finding> flagged = new ArrayList<>();
        application.bean(FindingStore.class).forEachFinding(latest(application), true, flagged::add);
        return FlaggedTable.of(flagged);
    }

    private static long latest(Application application) {
        return application.bean(Exports.class).runId("latest");
    }

    /** Returns the number of requests that the demo web received, by kind of resource. */
    private static String requestCounts(RequestLog requests) {
        StringBuilder counts = new StringBuilder("Requests received by the demo web:");
        for (Request.ResourceKind kind : Request.ResourceKind.values()) {
            counts.append(' ')
                    .append(requests.count(kind))
                    .append(' ')
                    .append(kind.name().toLowerCase(Locale.ROOT))
                    .append(kind.ordinal() == Request.ResourceKind.values().length - 1 ? "." : ",");
        }
        return counts.toString();
    }

    private static void serve(Application application, Watchlist watchlist, PrintWriter out)
            throws InterruptedException {
        String password = Passwords.generate();
        Accounts accounts = application.bean(Accounts.class);
        if (!accounts.replacePassword(REVIEWER, password)) {
            accounts.add(REVIEWER, EnumSet.allOf(Role.class), password);
        }
        out.println();
        out.println("Review console: " + ServeVerb.address(watchlist, application));
        out.println("Sign in as " + REVIEWER + " with " + password + "; Ctrl-C ends the demo.");
        out.flush();
        ServeVerb.awaitStop(application);
    }
}
