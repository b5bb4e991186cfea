package org.markwatch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.run.Runs;
import org.markwatch.job.NightlyJob;
import org.markwatch.job.ResumePolicy;
import org.markwatch.job.RunOutcome;
import org.markwatch.job.RunStart;
import org.markwatch.notify.RunNotices;
import org.markwatch.queue.AuditEntry;
import org.markwatch.report.Exports;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Starts a nightly run now. Resumes an unfinished run of the same seeds unless --new is given.",
        mixinStandardHelpOptions = true)
final class RunVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @ArgGroup
    private @Nullable Unfinished unfinished;

    /** What to do with an unfinished run; at most one of the options. */
    private static final class Unfinished {
        @Option(names = "--new", description = "Starts a new run even if an unfinished one could be resumed.")
        private boolean fresh;

        @Option(
                names = "--resume",
                description = "Resumes the unfinished run even if it is of other seeds, is older than 72 hours or has"
                        + " failed 15 times.")
        private boolean resumed;

        private static ResumePolicy policyOf(@Nullable Unfinished options) {
            if (options == null) {
                return ResumePolicy.IF_FIT;
            }
            if (options.fresh) {
                return ResumePolicy.NEVER;
            }
            return options.resumed ? ResumePolicy.ALWAYS : ResumePolicy.IF_FIT;
        }
    }

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes the summary as JSON; - writes JSON to standard output instead of text.")
    private @Nullable Path json;

    @Mixin
    private final Options.Metrics metrics = new Options.Metrics();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        boolean inPlaceOfText = json != null && json.toString().equals("-");
        OutputFile file = json == null || inPlaceOfText ? null : OutputFile.of("--json", json);
        SharedConfig shared = new SharedConfig(config.folder);
        Watchlist watchlist = shared.read();
        ProcessState state = new ProcessState();
        try (MetricsServer server = metrics.start(state, spec);
                Application application = Application.run(data, watchlist, shared, metrics.isSet())) {
            application.showIn(state);
            ResumePolicy policy = Unfinished.policyOf(unfinished);
            if (policy == ResumePolicy.ALWAYS
                    && !application.bean(NightlyJob.class).hasUnfinishedRun()) {
                throw new BadInputException("--resume: no run is unfinished; leave the option out to start a new run");
            }
            int code = run(application, watchlist, policy, inPlaceOfText, file, spec);
            printUnreadSeeds(application);
            return code;
        }
    }

    /** Lists seeds that were not fetched, so that a failed crawl is not mistaken for a run without findings. */
    private void printUnreadSeeds(Application application) {
        long run = application.bean(Exports.class).runId("latest");
        String seeds = UnreadUrls.seeds(application.bean(DataSource.class), run);
        if (!seeds.isEmpty()) {
            spec.commandLine().getErr().print(System.lineSeparator() + seeds);
            spec.commandLine().getErr().flush();
        }
    }

    /** Runs the nightly job with a progress display, prints the summary and returns the exit code. */
    static int run(
            Application application,
            Watchlist watchlist,
            ResumePolicy unfinished,
            boolean asJson,
            @Nullable OutputFile file,
            CommandSpec spec)
            throws Exception {
        NightlyJob nightly = application.bean(NightlyJob.class);
        ShutdownHandler.onStop(nightly::stop);
        RunOutcome outcome;
        try (ProgressDisplay progress = ProgressDisplay.show(
                "crawl", nightly::progress, spec.commandLine().getErr())) {
            outcome = nightly.run(watchlist, unfinished, start -> announce(start, spec));
        }
        try {
            return printSummary(application, outcome, asJson, file, spec);
        } finally {
            ShutdownHandler.onStop(Thread.currentThread()::interrupt);
            if (!outcome.takenOver()) { // else the process that has taken it over sends them
                application.bean(RunNotices.class).send(watchlist.settings().notices(), outcome.run());
            }
        }
    }

    /** Says which run is resumed and how much is left of it, or which one is not resumed. */
    static void announce(RunStart start, CommandSpec spec) {
        if (start.resumed() || !start.left().isEmpty()) {
            spec.commandLine().getErr().println(start);
            spec.commandLine().getErr().flush();
        }
    }

    /**
     * Prints the summary of a run that has ended and returns the exit code.
     *
     * @param asJson whether to print the summary to standard output as JSON instead of text
     * @param file   file for the summary as JSON, or null
     * @throws RunFailedException if the run has failed
     */
    static int printSummary(
            Application application, RunOutcome outcome, boolean asJson, @Nullable OutputFile file, CommandSpec spec)
            throws Exception {
        if (outcome.status() == Runs.Status.FAILED) {
            throw new RunFailedException(outcome, spec.name());
        }
        PrintWriter out = spec.commandLine().getOut();
        RunSummary summary = application.bean(Reports.class).find(outcome.run()).orElseThrow();
        out.print(asJson ? summary.toJson() + System.lineSeparator() : summary.toText(Terminal.supportsColour()));
        out.flush();
        application
                .bean(Exports.class)
                .attestation(outcome.run())
                .ifPresent(entry -> printAttestationHash(entry, asJson, spec));
        if (file != null) {
            file.write(writer -> writer.append(summary.toJson()).append(System.lineSeparator()));
        }
        if (outcome.status() == Runs.Status.STOPPED) {
            spec.commandLine().getErr().println("Stopped before the end; " + resume(spec.name()) + ".");
            return ExitCode.STOPPED;
        }
        return outcome.status() == Runs.Status.UNREAD ? ExitCode.UNREAD : ExitCode.COMPLETE;
    }

    /** Prints the hash with which {@code verify} later checks that an exported attestation belongs to this run. */
    private static void printAttestationHash(AuditEntry entry, boolean asJson, CommandSpec spec) {
        PrintWriter to =
                asJson ? spec.commandLine().getErr() : spec.commandLine().getOut();
        to.println("attestation: audit entry " + entry.seq() + ", sha256 " + entry.sha256()
                + " (store the hash on another machine; check with 'verify FILE --sha256 HASH')");
        to.flush();
    }

    private static String resume(String verb) {
        return "the next '" + verb + "' " + (verb.equals("run") ? "without --new " : "") + "resumes it";
    }

    /** A run that has failed, or that another process has taken over; the cause is what ended it in this process. */
    static final class RunFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean left;

        /** @param verb the verb that resumes the run */
        RunFailedException(RunOutcome outcome, String verb) {
            super(
                    outcome.takenOver()
                            ? "another process has taken over run " + outcome.run()
                                    + " and continues it or has ended it, as 'markwatch status' tells; this one left it"
                            : "run " + outcome.run() + " failed, and " + resume(verb),
                    outcome.failure());
            this.left = outcome.takenOver();
        }

        /** Whether another process has taken the run over. */
        boolean isLeft() {
            return left;
        }
    }
}
