package org.markwatch.cli;

import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.markwatch.job.NextRun;
import org.markwatch.job.ServeLock;
import org.markwatch.queue.Items;
import org.markwatch.report.Overview;
import org.markwatch.report.RunFailures;
import org.markwatch.report.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Prints the last runs, the last failure, the schedule and the state of the queue.",
        mixinStandardHelpOptions = true)
final class StatusVerb implements Callable<Integer> {
    private static final int MAX_RUNS = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (Application application = Application.existing(data, CheckVerb.read(config))) {
            Overview overview =
                    Overview.of(application.bean(RunHistory.class), application.bean(Items.class), MAX_RUNS);
            PrintWriter out = spec.commandLine().getOut();
            out.print(overview.runsToText());
            application.bean(RunFailures.class).last().map(StatusVerb::describe).ifPresent(out::println);
            out.println();
            out.println(schedule(application.bean(DataSource.class)));
            out.println();
            out.print(overview.queueToText());
            out.flush();
        }
        return ExitCode.COMPLETE;
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
                .orElse("'serve' is running. No run is scheduled: schedule.cron is empty.");
    }
}
