package org.markwatch.cli;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.partition.Workers;
import org.springframework.dao.DataAccessException;

/** What health checks and metrics tell of a process without console, which may open a database several times. Thread-safe. */
final class ProcessState {
    private volatile @Nullable DataSource database;
    private volatile @Nullable PrometheusMeterRegistry registry;
    private volatile boolean failing;

    /**
     * Shows a database that the process has opened.
     *
     * @param meters what the process measures, or null for nothing
     */
    void show(DataSource opened, @Nullable PrometheusMeterRegistry meters) {
        database = opened;
        registry = meters;
    }

    /** Shows no database, since the process closes it. */
    void hide() {
        database = null;
        registry = null;
    }

    /** Shows whether the latest work of the process has failed, so that it waits before it tries again. */
    void setFailing(boolean failed) {
        failing = failed;
    }

    /**
     * Returns by name which parts are in order: {@code db}, whether the database answers, and {@code lease}, whether this
     * process has no lease that has ended, both while it has a database open; {@code work}, whether its latest work has not failed.
     */
    Map<String, Boolean> health() {
        Map<String, Boolean> parts = new LinkedHashMap<>();
        DataSource opened = database;
        if (opened != null) {
            try {
                parts.put("lease", new Workers(opened).mayThisProcessWork());
                parts.put("db", true);
            } catch (DataAccessException e) {
                parts.put("db", false);
            }
        }
        parts.put("work", !failing);
        return parts;
    }

    /** Returns the metrics in the text format of Prometheus; empty while the process measures nothing. */
    String metrics() {
        PrometheusMeterRegistry meters = registry;
        return meters == null ? "" : meters.scrape();
    }
}
