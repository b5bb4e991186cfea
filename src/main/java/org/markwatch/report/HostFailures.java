package org.markwatch.report;

import java.util.List;
import javax.sql.DataSource;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.queue.ScreenQueries;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores which hosts failed in a run and why (table {@code host_failure}), counted once when the run ends. Keeps the latest
 * {@value #KEPT_RUNS} runs. Thread-safe.
 */
public final class HostFailures {
    private static final int KEPT_RUNS = 100;
    private static final int MAX_ROWS = 500;

    private final JdbcClient jdbc;
    /** For queries of screens, which end after {@link ScreenQueries#TIMEOUT}. */
    private final JdbcClient screen;

    private final DispositionStore pages;

    /** Uses the transaction of the calling thread, if there is one. */
    public HostFailures(DataSource database) {
        this.jdbc = JdbcClient.create(database);
        this.screen = ScreenQueries.client(database);
        this.pages = new DispositionStore(database);
    }

    /**
     * URLs that failed.
     *
     * @param host  scheme, host and port; empty for all hosts. It is text of crawled pages
     * @param cause class of the failure, for example timeout, dns, http-status
     * @param pages number of URLs, 1 or more
     */
    public record FailedPages(String host, String cause, long pages) {}

    /** Counts the failed URLs of the run that ended last, and replaces earlier counts of it. */
    void store(long runId) {
        jdbc.sql("delete from host_failure where run_id = ? or run_id <= ?")
                .params(runId, runId - KEPT_RUNS)
                .update();
        List<DispositionStore.FailedHost> failures = pages.failures(runId, MAX_ROWS);
        jdbc.sql("insert into host_failure (run_id, host, cause, pages)"
                        + " select ?, host, cause, pages from unnest(?, ?, ?) as t (host, cause, pages)")
                .params(
                        runId,
                        failures.stream().map(DispositionStore.FailedHost::host).toArray(String[]::new),
                        failures.stream()
                                .map(DispositionStore.FailedHost::cause)
                                .toArray(String[]::new),
                        failures.stream()
                                .map(DispositionStore.FailedHost::pages)
                                .toArray(Long[]::new))
                .update();
    }

    /** Returns the failed URLs of a run over all hosts by cause, most first. */
    public List<FailedPages> byCause(long runId) {
        return list("host = '' and run_id = ?", runId, MAX_ROWS);
    }

    /**
     * Returns the failed URLs of a run by host and cause, most first.
     *
     * @param limit maximum number of rows
     */
    public List<FailedPages> byHost(long runId, int limit) {
        return list("host <> '' and run_id = ?", runId, limit);
    }

    private List<FailedPages> list(String condition, long runId, int limit) {
        return screen.sql("select host, cause, pages from host_failure where " + condition
                        + " order by pages desc, host, cause limit ?")
                .params(runId, limit)
                .query((row, number) ->
                        new FailedPages(row.getString("host"), row.getString("cause"), row.getLong("pages")))
                .list();
    }
}
