package org.markwatch;

import java.util.ArrayList;
import java.util.List;
import org.markwatch.job.WatchlistSource;
import org.markwatch.watchlist.Watchlist;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Starts the Spring context of the program with a test database, as the command line does, without console. */
public final class NightContext {
    private static final String QUARTZ = "org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration";

    private NightContext() {}

    public static ConfigurableApplicationContext start(Watchlist watchlist, PGSimpleDataSource database) {
        return start(watchlist, () -> watchlist, database, "spring.autoconfigure.exclude=" + QUARTZ);
    }

    /** Starts the context with the scheduler, which fires only after it has been started. */
    public static ConfigurableApplicationContext scheduled(
            Watchlist watchlist, WatchlistSource source, PGSimpleDataSource database) {
        return start(
                watchlist,
                source,
                database,
                "markwatch.schedule=true",
                "spring.quartz.auto-startup=false",
                "spring.quartz.wait-for-jobs-to-complete-on-shutdown=true");
    }

    private static ConfigurableApplicationContext start(
            Watchlist watchlist, WatchlistSource source, PGSimpleDataSource database, String... more) {
        List<String> properties = new ArrayList<>(List.of(more));
        properties.add("spring.datasource.url=" + database.getUrl());
        properties.add("spring.datasource.username=" + database.getUser());
        properties.add("spring.datasource.password=" + database.getPassword());
        return new SpringApplicationBuilder(MarkwatchApplication.class)
                .web(WebApplicationType.NONE)
                .properties(properties.toArray(String[]::new))
                .initializers((GenericApplicationContext starting) -> {
                    starting.registerBean(Watchlist.class, () -> watchlist);
                    starting.registerBean(WatchlistSource.class, () -> source);
                })
                .run();
    }
}
