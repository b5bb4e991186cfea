package org.markwatch.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.markwatch.job.NextRun;
import org.markwatch.job.NightlyJob;
import org.markwatch.job.NightlySchedule;
import org.markwatch.job.ServeLock;
import org.markwatch.review.Accounts;
import org.markwatch.schema.ApplicationRole;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = "Runs the scheduler and the review console until it is stopped by Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true)
final class ServeVerb implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeVerb.class);

    @Mixin
    private final Options.Config config = new Options.Config();

    @Mixin
    private final Options.Data data = new Options.Data();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        SharedConfig shared = new SharedConfig(config.folder);
        Watchlist watchlist = shared.read();
        PrintWriter out = spec.commandLine().getOut();
        try (Application application = Application.scheduled(data, watchlist, shared);
                ServeLock held = ServeLock.acquire(application.bean(DataSource.class))) {
            Optional<NextRun> next = application
                    .bean(NightlySchedule.class)
                    .start(watchlist.settings().schedule());
            out.println("Review console: " + address(watchlist, application));
            out.println("Health and metrics: "
                    + address(watchlist.settings().management().address(), application.managementPort())
                    + "actuator/health and actuator/prometheus");
            addFirstAccount(watchlist, application, out);
            if (!ApplicationRole.isRestricted(application.bean(DataSource.class))) {
                LOG.atWarn()
                        .addKeyValue("event", "serve.unprotected")
                        .log("The role of the database connection owns the tables:"
                                + " the program could change and remove entries of the audit. Run 'markwatch migrate"
                                + " --db URL --grant ROLE' as the owner, then serve as ROLE");
            }
            out.println(next.map(ServeVerb::describe).orElse("No run is scheduled: schedule.cron is never"));
            out.flush();
            LOG.atInfo()
                    .addKeyValue("event", "serve.start")
                    .addKeyValue("console", address(watchlist, application))
                    .log("Serving {}, with the schedule of {}", data.place(), config.folder);
            awaitStop(application);
            LOG.atInfo().addKeyValue("event", "serve.stop").log("Stopping");
        }
        return ExitCode.COMPLETE;
    }

    /** Adds the first administrator, unless nobody can sign in by a password. */
    private static void addFirstAccount(Watchlist watchlist, Application application, PrintWriter out) {
        Settings.OidcSettings oidc = watchlist.settings().oidc();
        if (oidc == null || oidc.localPasswords()) {
            application
                    .bean(Accounts.class)
                    .addFirst()
                    .ifPresent(password ->
                            out.println("No account exists yet. Sign in as admin with the one-time password " + password
                                    + " (not shown again), replace it, and add the others."));
        }
    }

    private static String describe(NextRun next) {
        return next.at().isBefore(Instant.now())
                ? "The run of " + next + " was missed and starts now"
                : "Next run: " + next;
    }

    /** Blocks until the process receives a signal to stop, and requests a stop of the active run. */
    static void awaitStop(Application application) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        NightlyJob nightly = application.bean(NightlyJob.class);
        ShutdownHandler.onStop(() -> {
            nightly.stop();
            stop.countDown();
        });
        stop.await();
    }

    /** Returns the URL of the console. */
    static String address(Watchlist watchlist, Application application) {
        return address(watchlist.settings().review().address(), application.port());
    }

    private static String address(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }
}
