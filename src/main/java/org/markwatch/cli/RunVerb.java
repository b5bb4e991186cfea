package org.markwatch.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Runs;
import org.markwatch.job.NightlyJob;
import org.markwatch.queue.AuditEntry;
import org.markwatch.report.Exports;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "One nightly run now. Goes on with an unfinished run unless --new is given.",
        mixinStandardHelpOptions = true)
final class RunVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Option(names = "--new", description = "Begin a new run, even if an unfinished one could be gone on with.")
    private boolean newRun;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the summary as JSON too; - for standard output.")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        boolean inPlaceOfText = json != null && json.toString().equals("-");
        OutputFile file = json == null || inPlaceOfText ? null : OutputFile.of("--json", json);
        Watchlist watchlist = CheckVerb.read(config);
        try (Application application = Application.batch(data, watchlist)) {
            int code = run(application, watchlist, newRun, inPlaceOfText, file, spec);
            printUnreadSeeds(application);
            return code;
        }
    }

    /** A night that read nothing must not look like a quiet one. */
    private void printUnreadSeeds(Application application) {
        long run = application.bean(Exports.class).runId("latest");
        String seeds = UnreadUrls.seeds(application.bean(DataSource.class), run);
        if (!seeds.isEmpty()) {
            spec.commandLine().getErr().print(System.lineSeparator() + seeds);
            spec.commandLine().getErr().flush();
        }
    }

    /** Runs with progress, prints the summary, and says how it ended. */
    static int run(
            Application application,
            Watchlist watchlist,
            boolean fresh,
            boolean asJson,
            @Nullable OutputFile file,
            CommandSpec spec)
            throws Exception {
        NightlyJob nightly = application.bean(NightlyJob.class);
        ShutdownHandler.onStop(nightly::stop);
        NightlyJob.RunOutcome outcome;
        try (ProgressDisplay progress = ProgressDisplay.show("crawl", nightly::progress)) {
            outcome = nightly.run(watchlist, fresh);
        }
        return printSummary(application, outcome, asJson, file, spec);
    }

    /** Prints the summary of a run that has ended, and says how it ended. */
    static int printSummary(
            Application application,
            NightlyJob.RunOutcome outcome,
            boolean asJson,
            @Nullable OutputFile file,
            CommandSpec spec)
            throws Exception {
        if (outcome.status() == Runs.Status.FAILED) {
            throw new RunFailedException(outcome);
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
            spec.commandLine().getErr().println("Stopped before the end; the same command goes on where it was.");
            return ExitCode.STOPPED;
        }
        return ExitCode.COMPLETE;
    }

    /** Whoever keeps this line elsewhere can tell later whether an attestation is the one of this run. */
    private static void printAttestationHash(AuditEntry entry, boolean asJson, CommandSpec spec) {
        PrintWriter to =
                asJson ? spec.commandLine().getErr() : spec.commandLine().getOut();
        to.println("attestation: audit entry " + entry.seq() + ", sha256 " + entry.sha256()
                + " (note it elsewhere; 'verify FILE --sha256' takes it)");
        to.flush();
    }

    /** Carries what made a run fail to where faults are explained. */
    static final class RunFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        RunFailedException(NightlyJob.RunOutcome outcome) {
            super("run " + outcome.run() + " failed; the same command goes on where it was", outcome.failure());
        }
    }
}
