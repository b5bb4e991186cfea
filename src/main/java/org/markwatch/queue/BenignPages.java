package org.markwatch.queue;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Marks the items of pages that were flagged and then showed the crawl text that no rule flags. Such a page may show its
 * visitors another text than a direct fetch, so the mark neither closes its item nor takes it out of the queue. {@link
 * ReviewQueue} removes the mark when a run flags the page again. Thread-safe.
 */
public final class BenignPages {
    private static final int BATCH = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Clock clock;

    public BenignPages(DataSource dataSource, Audit audit, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Marks the items of pages, open or decided, with an audit entry each. Works in batches with a transaction each and
     * locks as {@link ReviewQueue#admit(long, Iterable, Runnable)} does. An item that has the mark stays as it is, so that
     * this can be called again for an interrupted run.
     *
     * @param runId the run that read the pages
     * @param guard called at the start of each transaction; throws if the caller may no longer write for the run
     */
    public void mark(long runId, List<HttpUrl> pages, Runnable guard) {
        for (int from = 0; from < pages.size(); from += BATCH) {
            List<HttpUrl> batch = pages.subList(from, Math.min(from + BATCH, pages.size()));
            transaction.executeWithoutResult(status -> {
                guard.run();
                markBatch(runId, batch);
            });
        }
    }

    private void markBatch(long runId, List<HttpUrl> pages) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Long> ids = jdbc.sql("""
                        select id from item
                         where url_sha256 = any (?) and state in ('new', 'reopened', 'decided') and benign_at is null
                         order by id for no key update
                        """)
                .param(Sha256.ofEach(
                        pages.stream().map(HttpUrl::toString).distinct().toList()))
                .query((row, number) -> row.getLong(1))
                .list();
        jdbc.sql("update item set benign_at = ? where id = any (?)")
                .params(Times.utc(now), ids.toArray(Long[]::new))
                .update();
        audit.appendAll(
                Audit.SYSTEM,
                ids.stream()
                        .map(id -> new Audit.Event("item.benign", "item:" + id, Map.of("run", runId)))
                        .toList());
    }
}
