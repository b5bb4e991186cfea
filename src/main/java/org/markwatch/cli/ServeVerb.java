package org.markwatch.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.markwatch.job.NightlyJob;
import org.markwatch.job.NightlySchedule;
import org.markwatch.watchlist.Watchlist;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = "The scheduler and the review console, until it is told to stop.",
        mixinStandardHelpOptions = true)
final class ServeVerb implements Callable<Integer> {
    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Watchlist watchlist = CheckVerb.read(config);
        PrintWriter out = spec.commandLine().getOut();
        try (Application application = Application.scheduled(data, watchlist, () -> CheckVerb.read(config))) {
            Optional<Instant> next = application
                    .bean(NightlySchedule.class)
                    .start(watchlist.settings().schedule());
            out.println("Review console: " + address(watchlist, application));
            out.println(next.map(at -> "Next run: "
                            + at.atZone(watchlist.settings().schedule().zone()))
                    .orElse("No schedule: schedule.cron is empty"));
            out.flush();
            awaitStop(application);
        }
        return ExitCode.COMPLETE;
    }

    /** Blocks until the process is told to stop; a run under way drains first. */
    static void awaitStop(Application application) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        NightlyJob nightly = application.bean(NightlyJob.class);
        ShutdownHandler.onStop(() -> {
            nightly.stop();
            stop.countDown();
        });
        stop.await();
    }

    static String address(Watchlist watchlist, Application application) {
        String host = watchlist.settings().review().address();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + application.port() + "/";
    }
}
