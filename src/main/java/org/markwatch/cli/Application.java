package org.markwatch.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.MarkwatchApplication;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.crawl.store.HostConnections;
import org.markwatch.crawl.store.HostRefusals;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.crawl.store.StoredReferences;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.job.NightlySchedule;
import org.markwatch.job.PackedConfig;
import org.markwatch.job.WatchlistSource;
import org.markwatch.queue.QueueProgress;
import org.markwatch.report.Reports;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.PageRecords;
import org.markwatch.review.RecrawlRequests;
import org.markwatch.review.RunControl;
import org.markwatch.review.context.PageSurroundings;
import org.markwatch.review.team.JobConfig;
import org.markwatch.review.team.RuleTrial;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A database and a Spring context that uses it, for the verbs that need them. Closing closes the context, then the
 * database.
 */
final class Application implements AutoCloseable {
    private static final String QUARTZ = "org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration";

    private final @Nullable EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext context;

    private Application(@Nullable EmbeddedPostgres postgres, ConfigurableApplicationContext context) {
        this.postgres = postgres;
        this.context = context;
    }

    /**
     * Starts without console and schedule, for a verb that reads or changes what earlier runs have stored. Never creates
     * a database or its tables.
     *
     * @throws BadInputException if the data folder has no database, or that of {@code --db} no tables
     * @throws SQLException      if {@code --db} cannot be connected to
     */
    static Application existing(Options.Data data, Watchlist watchlist) throws SQLException {
        return existing(data, watchlist, null, false);
    }

    /**
     * Starts as {@link #existing(Options.Data, Watchlist)} does, for a run that other processes may work on.
     *
     * @param shared   job-config of the watchlist, which they get a copy of; null if they may not
     * @param measured whether the process offers metrics
     * @throws SQLException if {@code --db} cannot be connected to
     */
    static Application existing(Options.Data data, Watchlist watchlist, @Nullable SharedConfig shared, boolean measured)
            throws SQLException {
        if (data.db == null) {
            MissingDatabase.check(data.folder);
        } else {
            MissingDatabase.check(data.db);
        }
        return start(data, watchlist, () -> watchlist, shared, null, measured ? Use.MEASURED_BATCH : Use.BATCH);
    }

    /**
     * Starts without console and schedule, for a verb that ends by itself. Creates an embedded database if there is
     * none.
     *
     * @throws SQLException if {@code --db} cannot be connected to
     */
    static Application batch(Options.Data data, Watchlist watchlist) throws SQLException {
        return start(data, watchlist, () -> watchlist, null, null, Use.BATCH);
    }

    /**
     * Starts without console and schedule, for a process that works on the runs of others. Changes no table.
     *
     * @param measured whether the process offers metrics
     * @throws SQLException if {@code --db} cannot be connected to
     */
    static Application worker(Options.Data data, Watchlist watchlist, boolean measured) throws SQLException {
        return start(data, watchlist, () -> watchlist, null, null, measured ? Use.MEASURED_WORKER : Use.WORKER);
    }

    /**
     * Starts without console and schedule, for a run that other processes may work on.
     *
     * @param shared   job-config of the watchlist, which they get a copy of
     * @param measured whether the process offers metrics
     * @throws SQLException if {@code --db} cannot be connected to
     */
    static Application run(Options.Data data, Watchlist watchlist, SharedConfig shared, boolean measured)
            throws SQLException {
        return start(data, watchlist, () -> watchlist, shared, null, measured ? Use.MEASURED_BATCH : Use.BATCH);
    }

    /**
     * Starts with the review console and without schedule, for the demo.
     *
     * @param folder job-config folder of the watchlist, which the console can change
     * @throws SQLException if {@code --db} cannot be connected to
     */
    static Application console(Options.Data data, Watchlist watchlist, Path folder) throws SQLException {
        return start(data, watchlist, () -> watchlist, null, folder, Use.CONSOLE);
    }

    /**
     * Starts with the review console and with a schedule that reads the job-config before each run.
     *
     * @param shared job-config, which the console can change and processes on other machines get a copy of
     * @throws SQLException if {@code --db} cannot be connected to
     */
    static Application scheduled(Options.Data data, Watchlist watchlist, SharedConfig shared) throws SQLException {
        return start(data, watchlist, shared, shared, shared.folder(), Use.SCHEDULE);
    }

    /** What the context is for. */
    private enum Use {
        WORKER,
        MEASURED_WORKER,
        BATCH,
        MEASURED_BATCH,
        CONSOLE,
        /** Console, schedule and metrics. */
        SCHEDULE;

        private boolean hasConsole() {
            return this == CONSOLE || this == SCHEDULE;
        }

        private boolean isMeasured() {
            return this == SCHEDULE || this == MEASURED_BATCH || this == MEASURED_WORKER;
        }

        private boolean migrates() {
            return this != WORKER && this != MEASURED_WORKER;
        }
    }

    private static Application start(
            Options.Data data,
            Watchlist watchlist,
            WatchlistSource source,
            @Nullable SharedConfig shared,
            @Nullable Path folder,
            Use use)
            throws SQLException {
        ShutdownHandler.throwIfStopping();
        if (data.db != null) {
            ExternalDatabase external = ExternalDatabase.connect(data.db, System.getenv());
            return new Application(
                    null,
                    context(
                            use.migrates() ? ProgramDatabase.of(external) : ProgramDatabase.forWorker(external),
                            watchlist,
                            source,
                            shared,
                            folder,
                            use));
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder);
        try {
            ShutdownHandler.throwIfStopping();
            Map<String, Object> properties = new HashMap<>(
                    use.migrates() ? ProgramDatabase.of(postgres, data.folder) : ProgramDatabase.forWorker(postgres));
            properties.put("markwatch.disk.checked", true);
            properties.put("markwatch.disk.path", data.folder.toString());
            return new Application(postgres, context(properties, watchlist, source, shared, folder, use));
        } catch (RuntimeException | SQLException e) {
            postgres.close();
            throw e;
        }
    }

    private static ConfigurableApplicationContext context(
            Map<String, Object> database,
            Watchlist watchlist,
            WatchlistSource source,
            @Nullable SharedConfig shared,
            @Nullable Path folder,
            Use use) {
        Map<String, Object> properties = new HashMap<>(database);
        properties.put("spring.flyway.enabled", false); // ProgramDatabase has migrated
        properties.putAll(
                LogForm.properties(System.getenv())); // a closed context resets the log, and the next one configures it
        properties.put("server.address", watchlist.settings().review().address());
        properties.put("server.port", watchlist.settings().review().port());
        List<String> proxies = watchlist.settings().review().trustedProxies();
        if (!proxies.isEmpty()) {
            properties.put("server.forward-headers-strategy", "native");
            properties.put("server.tomcat.remoteip.internal-proxies", String.join(",", proxies));
        }
        properties.put("markwatch.metrics", use.isMeasured());
        if (use == Use.SCHEDULE) {
            Settings.ManagementSettings management = watchlist.settings().management();
            properties.put("markwatch.management.address", management.address());
            properties.put("markwatch.management.port", management.port());
            properties.put("markwatch.schedule", true);
            properties.put("spring.quartz.auto-startup", false);
            // an active run needs the database until it has drained
            properties.put("spring.quartz.wait-for-jobs-to-complete-on-shutdown", true);
        } else {
            properties.put("spring.autoconfigure.exclude", QUARTZ);
        }
        return new SpringApplicationBuilder(MarkwatchApplication.class)
                .web(use.hasConsole() ? WebApplicationType.SERVLET : WebApplicationType.NONE)
                // ShutdownHandler handles signals, so that a run drains before the context and the database are closed
                .registerShutdownHook(false)
                .logStartupInfo(false)
                .properties(properties)
                .initializers((GenericApplicationContext starting) -> {
                    starting.registerBean(Watchlist.class, () -> watchlist);
                    starting.registerBean(WatchlistSource.class, () -> () -> {
                        Watchlist read = source.read();
                        starting.getBeanProvider(CurrentWatchlist.class).ifAvailable(current -> current.replace(read));
                        return read;
                    });
                    if (shared != null) {
                        // not the object itself, which Spring would take for a second source of watchlists
                        starting.registerBean(PackedConfig.class, () -> shared::of);
                    }
                    starting.registerBean(
                            RunControl.class,
                            () -> new ConsoleRuns(
                                    starting.getBean(DataSource.class),
                                    starting.getBean(Runs.class),
                                    starting.getBean(Reports.class),
                                    starting.getBean(QueueProgress.class),
                                    starting.getBeanProvider(NightlySchedule.class)
                                            .getIfAvailable()));
                    if (folder != null) {
                        starting.registerBean(JobConfig.class, () -> new ConsoleJobConfig(folder));
                        starting.registerBean(
                                RuleTrial.class,
                                () -> new ConsoleTrial(
                                        starting.getBean(KeptTextStore.class), starting.getBean(Clock.class)));
                    }
                    starting.registerBean(
                            RecrawlRequests.class,
                            () -> new ConsoleRecrawls(new DispositionStore(starting.getBean(DataSource.class))));
                    starting.registerBean(
                            PageRecords.class,
                            () -> new ConsolePages(
                                    new DispositionStore(starting.getBean(DataSource.class)),
                                    starting.getBean(FindingStore.class)));
                    starting.registerBean(
                            PageSurroundings.class,
                            () -> new ConsoleSurroundings(
                                    new DispositionStore(starting.getBean(DataSource.class)),
                                    starting.getBean(KeptTextStore.class),
                                    new HostConnections(starting.getBean(DataSource.class)),
                                    new HostRefusals(starting.getBean(DataSource.class)),
                                    new StoredReferences(starting.getBean(DataSource.class))));
                })
                .run();
    }

    /** Returns the bean of a type. */
    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Shows the database and the metrics of this application, if it has some, in the state of the process. */
    void showIn(ProcessState state) {
        state.show(
                bean(DataSource.class),
                context.getBeanProvider(PrometheusMeterRegistry.class).getIfAvailable());
    }

    /** Returns the port on which the console listens. */
    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Returns the port on which a process with a schedule answers health checks and metrics. */
    int managementPort() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.management.port"));
    }

    @Override
    public void close() {
        try {
            context.close();
        } finally {
            if (postgres != null) {
                postgres.close();
            }
        }
    }
}
