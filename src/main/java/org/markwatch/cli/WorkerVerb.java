package org.markwatch.cli;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.markwatch.crawl.run.RunConfigs;
import org.markwatch.database.ConnectionPool;
import org.markwatch.job.RunWorkers;
import org.markwatch.watchlist.ConfigArchive;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "worker",
        description = {
            "Shares the work of runs that 'run', 'serve' and 'rescan' start on the same database, on this or another"
                    + " machine, until it is stopped by Ctrl-C or SIGTERM. Takes the job-config from the database; keys of indicators come from"
                    + " the environment."
        },
        mixinStandardHelpOptions = true)
final class WorkerVerb implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerVerb.class);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);

    /** Wait after a failure, such as a restart of the database. */
    private static final int RETRY_SECONDS = 5;

    @Mixin
    private final Options.Data data = new Options.Data();

    @Mixin
    private final Options.Metrics metrics = new Options.Metrics();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final ProcessState state = new ProcessState();
    private final OfferedRuns runs = new OfferedRuns(POLL_INTERVAL, stop);
    private String lastFailure = "";

    @Override
    public Integer call() throws Exception {
        ShutdownHandler.onStop(stop::countDown);
        if (data.db == null) {
            MissingDatabase.check(
                    data.folder); // a worker without its options must not wait for runs of a database of its own
        }
        try (OpenDatabase database = OpenDatabase.open(data)) { // a wrong address ends the verb
            ProgramDatabase.requireCurrentSchema(database.source());
        }
        try (MetricsServer server = metrics.start(state, spec)) {
            spec.commandLine().getOut().println("Waiting for runs of " + data.place());
            spec.commandLine().getOut().flush();
            do {
                workUntilFailure();
            } while (!stop.await(RETRY_SECONDS, TimeUnit.SECONDS));
        }
        return ExitCode.COMPLETE;
    }

    /** Works on one run after the other until this process is stopped, or the database or a run fails. */
    private void workUntilFailure() throws InterruptedException {
        try {
            while (stop.getCount() > 0) {
                Optional<RunConfigs.SharedRun> offer = awaitRun();
                if (offer.isPresent()) {
                    work(offer.get());
                }
            }
        } catch (WatchlistException e) {
            report("the job-config of the run cannot be used here: "
                    + e.faults().stream().map(Object::toString).collect(Collectors.joining("; ")));
        } catch (SQLException | IOException | RuntimeException e) {
            if (ErrorReporter.showsTraces()) {
                LOG.warn("The failure of this worker", e);
            }
            report(ErrorReporter.describeToRetry(e));
        }
    }

    /** Logs a failure, unless the attempt before has failed in the same way. */
    private void report(String failure) {
        if (!failure.equals(lastFailure)) {
            LOG.warn("This worker does not work, and tries again every {} s: {}", RETRY_SECONDS, failure);
        }
        setLastFailure(failure);
    }

    /** Notes that the latest attempt has failed, or by empty text that it has not. */
    private void setLastFailure(String failure) {
        lastFailure = failure;
        state.setFailing(!failure.isEmpty());
    }

    private Optional<RunConfigs.SharedRun> awaitRun() throws SQLException, InterruptedException {
        // closed before the work begins: a process opens a data folder once
        try (OpenDatabase database = OpenDatabase.open(data);
                ConnectionPool connections = database.pool()) {
            state.show(connections, null);
            return runs.await(connections, () -> {
                if (!lastFailure.isEmpty()) {
                    LOG.info("This worker waits for runs again");
                    setLastFailure("");
                }
            });
        } finally {
            state.hide();
        }
    }

    private void work(RunConfigs.SharedRun offer)
            throws WatchlistException, IOException, SQLException, InterruptedException {
        Watchlist watchlist = watchlistOf(offer);
        try (Application application = Application.worker(data, watchlist, metrics.isSet())) {
            application.showIn(state);
            setLastFailure("");
            LOG.atInfo()
                    .addKeyValue("event", "worker.begin")
                    .addKeyValue("run", offer.run())
                    .log("Working on run {}", offer.run());
            RunWorkers workers = application.bean(RunWorkers.class);
            workers.work(offer, watchlist, stop);
            LOG.atInfo()
                    .addKeyValue("event", "worker.end")
                    .addKeyValue("run", offer.run())
                    .log("Run {} has no work left for this worker", offer.run());
        } finally {
            state.hide();
        }
    }

    /** Returns the watchlist of a run; refuses the run if this process cannot apply the same rules as the one that leads it. */
    private Watchlist watchlistOf(RunConfigs.SharedRun offer) throws WatchlistException, IOException {
        Watchlist watchlist;
        try {
            watchlist = ConfigArchive.read(offer.files());
        } catch (WatchlistException e) {
            runs.refuse(offer);
            throw e;
        }
        if (!watchlist.rulesetSha256().equals(offer.rulesetSha256())) {
            runs.refuse(offer);
            throw new BadInputException("the ruleset of run " + offer.run() + " is "
                    + offer.rulesetSha256().substring(0, 12) + ", but its job-config gives "
                    + watchlist.rulesetSha256().substring(0, 12)
                    + " here; use the same version of markwatch and the same keys in the environment as the process that"
                    + " has started the run");
        }
        return watchlist;
    }
}
