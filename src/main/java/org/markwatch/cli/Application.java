package org.markwatch.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.MarkwatchApplication;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.job.WatchlistSource;
import org.markwatch.watchlist.Watchlist;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A database and the Spring context over it, for the verbs that need them; closed in the opposite order. */
final class Application implements AutoCloseable {
    private static final String QUARTZ = "org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration";

    private final @Nullable EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext context;

    private Application(@Nullable EmbeddedPostgres postgres, ConfigurableApplicationContext context) {
        this.postgres = postgres;
        this.context = context;
    }

    /** For a verb that works and ends: no console, no schedule. */
    static Application batch(Options.Data data, Watchlist watchlist) {
        return start(data, watchlist, () -> watchlist, false, false);
    }

    /** With the review console. */
    static Application console(Options.Data data, Watchlist watchlist) {
        return start(data, watchlist, () -> watchlist, true, false);
    }

    /** With the review console, and a schedule that reads the job-config before each run. */
    static Application scheduled(Options.Data data, Watchlist watchlist, WatchlistSource source) {
        return start(data, watchlist, source, true, true);
    }

    private static Application start(
            Options.Data data, Watchlist watchlist, WatchlistSource source, boolean console, boolean schedule) {
        EmbeddedPostgres postgres = data.db == null ? EmbeddedPostgres.start(data.folder) : null;
        try {
            Map<String, Object> properties = new HashMap<>(database(data, postgres));
            properties.put("server.address", watchlist.settings().review().address());
            properties.put("server.port", watchlist.settings().review().port());
            if (schedule) {
                properties.put("markwatch.schedule", true);
                properties.put("spring.quartz.auto-startup", false);
            } else {
                properties.put("spring.autoconfigure.exclude", QUARTZ);
            }
            ConfigurableApplicationContext context = new SpringApplicationBuilder(MarkwatchApplication.class)
                    .web(console ? WebApplicationType.SERVLET : WebApplicationType.NONE)
                    // signals are ours: a run drains before the context and the database go
                    .registerShutdownHook(false)
                    .logStartupInfo(false)
                    .properties(properties)
                    .initializers((GenericApplicationContext starting) -> {
                        starting.registerBean(Watchlist.class, () -> watchlist);
                        starting.registerBean(WatchlistSource.class, () -> source);
                    })
                    .run();
            return new Application(postgres, context);
        } catch (RuntimeException e) {
            if (postgres != null) {
                postgres.close();
            }
            throw e;
        }
    }

    private static Map<String, Object> database(Options.Data data, @Nullable EmbeddedPostgres postgres) {
        if (postgres != null) {
            return Map.of(
                    "spring.datasource.url", postgres.jdbcUrl(),
                    "spring.datasource.username", postgres.user(),
                    "spring.datasource.password", postgres.password());
        }
        Map<String, Object> given = new HashMap<>();
        given.put("spring.datasource.url", jdbcUrl(String.valueOf(data.db)));
        putIfGiven(given, "spring.datasource.username", "MARKWATCH_DB_USER");
        putIfGiven(given, "spring.datasource.password", "MARKWATCH_DB_PASSWORD");
        return given;
    }

    private static void putIfGiven(Map<String, Object> properties, String key, String variable) {
        String value = System.getenv(variable);
        if (value != null) {
            properties.put(key, value);
        }
    }

    private static String jdbcUrl(String db) {
        if (!db.startsWith("jdbc:postgresql:")) {
            throw new BadInput("--db " + db + " is not a PostgreSQL JDBC URL; it begins with jdbc:postgresql://,"
                    + " for example jdbc:postgresql://localhost/markwatch?user=NAME");
        }
        return db;
    }

    /** A part of the program. */
    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /** The port that the console listens on. */
    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
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
