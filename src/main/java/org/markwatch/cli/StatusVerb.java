package org.markwatch.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.Workers;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.job.NextRun;
import org.markwatch.job.ServeLock;
import org.markwatch.queue.Items;
import org.markwatch.report.Overview;
import org.markwatch.report.RunFailures;
import org.markwatch.report.RunHistory;
import org.markwatch.review.RunControl;
import org.markwatch.score.FindingStore;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = {
            "Prints the last runs, the run in progress and its processes, the last failure, the schedule and the queue.",
            "With --page, prints why a page is in the queue or not: its seed, dispositions, score and item."
        },
        mixinStandardHelpOptions = true)
final class StatusVerb implements Callable<Integer> {
    private static final int MAX_RUNS = 10;
    /** Clears the screen and moves the cursor to its upper left corner. */
    private static final String CLEAR = "\u001b[2J\u001b[H";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            arity = "0..1",
            fallbackValue = "5",
            description = "Prints the status again every SECONDS, 1 to 3600 (default ${FALLBACK-VALUE}), until Ctrl-C.")
    private @Nullable Integer seconds;

    @Option(names = "--page", paramLabel = "URL", description = "Prints what the database has about this URL instead.")
    private @Nullable String page;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (seconds != null && (seconds < 1 || seconds > 3600)) {
            throw new BadInputException("--watch " + seconds + "; must be 1 to 3600 seconds");
        }
        Watchlist watchlist = CheckVerb.read(config);
        @Nullable HttpUrl url = page == null ? null : SavedPages.url(page);
        if (url != null && seconds != null) {
            throw new BadInputException("--page and --watch exclude each other");
        }
        try (Application application = Application.existing(data, watchlist)) {
            PrintWriter out = spec.commandLine().getOut();
            if (url != null) {
                out.print(Terminal.sanitise(describe(application, watchlist, url)));
                return ExitCode.COMPLETE;
            }
            if (seconds == null) {
                print(application, out);
                return ExitCode.COMPLETE;
            }
            CountDownLatch stop = new CountDownLatch(1);
            ShutdownHandler.onStop(stop::countDown);
            watch(Duration.ofSeconds(seconds), stop, () -> {
                out.print(Terminal.supportsColour() ? CLEAR : "");
                print(application, out);
            });
        }
        return ExitCode.COMPLETE;
    }

    /** Returns what the crawl, the rules and the queue have about a page, and the command that explains its score. */
    private static String describe(Application application, Watchlist watchlist, HttpUrl url) {
        DispositionStore pages = new DispositionStore(application.bean(DataSource.class));
        List<String> lines = new ArrayList<>();
        List<String> seeds = watchlist.seeds().stream()
                .filter(seed -> new Site(0, seed, 0, 0).isInScope(url))
                .map(seed -> seed.url() + " (scope " + seed.scope().name().toLowerCase(Locale.ROOT) + ")")
                .toList();
        lines.add("seed     " + (seeds.isEmpty() ? "none has the URL in its scope" : String.join(", ", seeds)));
        List<DispositionStore.PastDisposition> history = pages.history(url, MAX_RUNS);
        history.forEach(visit -> lines.add("run %-4d %s at %s%s%s"
                .formatted(
                        visit.run(),
                        visit.disposition(),
                        TIME.format(visit.at()),
                        visit.status() == 0 ? "" : ", status " + visit.status(),
                        visit.reason().isEmpty() ? "" : ": " + visit.reason())));
        if (history.isEmpty()) {
            lines.add(
                    "visits   none: no run has reached the URL; no link led to it within max-depth and max-pages, or it is new");
        }
        HttpUrl read = pages.lastVisit(url, Long.MAX_VALUE)
                .map(visit -> HttpUrl.of(visit.page().finalUrl()))
                .orElse(url);
        if (!read.equals(url)) {
            lines.add("text     of " + read);
        }
        FindingStore.Stored finding = application
                .bean(FindingStore.class)
                .stored(List.of(read))
                .getOrDefault(read, FindingStore.Stored.NOTHING);
        lines.add("score    %d points, %s".formatted(finding.score(), finding.flagged() ? "flagged" : "not flagged"));
        finding.reasons().forEach(reason -> lines.add("         %+d %s".formatted(reason.points(), reason.rule())));
        OptionalLong item = application.bean(Items.class).numberOf(read);
        lines.add("item     " + (item.isPresent() ? "#" + item.getAsLong() : "none"));
        lines.add("explain  scripts/markwatch explain " + read
                + " shows what the current rules see in the page now, and near misses");
        return String.join("\n", lines) + "\n";
    }

    /** Prints again after each interval, until {@code stop} reaches zero. */
    static void watch(Duration interval, CountDownLatch stop, Runnable print) throws InterruptedException {
        do {
            print.run();
        } while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void print(Application application, PrintWriter out) {
        Overview overview = Overview.of(application.bean(RunHistory.class), application.bean(Items.class), MAX_RUNS);
        out.print(overview.runsToText());
        progress(application).ifPresent(out::println);
        workers(application).ifPresent(out::println);
        application.bean(RunFailures.class).last().map(StatusVerb::describe).ifPresent(out::println);
        out.println();
        out.println(schedule(application.bean(DataSource.class)));
        out.println();
        out.print(overview.queueToText());
        out.flush();
    }

    /** Returns in which step the run in progress is and how far, in one line. */
    private static Optional<String> progress(Application application) {
        return application.bean(RunControl.class).activeRun().map(run -> {
            String step = run.step().isEmpty() ? "" : ", step " + run.step();
            String parts = switch (run.step()) {
                case "queue" ->
                    "%,d of %,d new findings compared with the queue".formatted(run.compared(), run.findings());
                case "rescan" -> "rules applied to %,d of %,d kept pages".formatted(run.done(), run.known());
                default -> "%,d of %,d known URLs done".formatted(run.done(), run.known());
            };
            return "Run " + run.run() + " is in progress" + step + ": " + parts
                    + (run.stopping() ? "; it is stopping." : ".");
        });
    }

    /** Returns which processes work on the run in progress or wait for one, in one line; empty if there is none. */
    private static Optional<String> workers(Application application) {
        long run = application.bean(Runs.class).latest().map(Runs.RunRecord::id).orElse(0L);
        DataSource database = application.bean(DataSource.class);
        List<Workers.WorkerState> workers = new Workers(database).of(run);
        int open = new Partitions(database).open(run).size();
        List<String> texts = workers.stream()
                .filter(worker -> open > 0 || worker.life() == Workers.WorkerLife.LIVES)
                .map(worker -> open > 0 ? describe(worker) : Terminal.sanitise(worker.name()))
                .toList();
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of((open > 0
                        ? "Processes and their partitions, of " + open + " that are not done: "
                        : "Processes that wait for a run: ")
                + String.join(", ", texts) + ".");
    }

    private static String describe(Workers.WorkerState worker) {
        String life = switch (worker.life()) {
            case LIVES -> worker.role() == Workers.WorkerRole.LEADS ? ", leads the run" : "";
            case SESSION_ENDED -> ", its session of the database has ended";
            case SILENT -> ", no sign of life for " + worker.quietFor().toSeconds() + " s";
        };
        return Terminal.sanitise(worker.name()) + " (" + worker.held() + life + ")";
    }

    private static String describe(RunFailures.RunFailure failure) {
        String what = failure.run().isPresent()
                ? "run " + failure.run().getAsLong() + " failed: "
                : "a scheduled run did not start: ";
        return "Last failure: " + TIME.format(failure.at()) + " UTC, " + what + Terminal.sanitise(failure.reason());
    }

    private static String schedule(DataSource database) {
        if (!ServeLock.isHeld(database)) {
            return "'serve' is not running, so no run starts by itself.";
        }
        return NextRun.of(database)
                .map(next -> "'serve' is running. Next run: " + next)
                .orElse("'serve' is running. No run is scheduled: schedule.cron is never.");
    }
}
