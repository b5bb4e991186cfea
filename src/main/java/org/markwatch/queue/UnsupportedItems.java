package org.markwatch.queue;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.markwatch.score.FindingChanges.DroppedPage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes open items that no rule supports any more. Decided items, items that a reviewer holds or that wait for a second
 * review, and items of the sample of held-back pages stay as they are. Thread-safe.
 */
public final class UnsupportedItems {
    private static final int BATCH = 200;
    private static final String WHY = "no rule supports it";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Clock clock;

    public UnsupportedItems(DataSource dataSource, Audit audit, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Closes the open items of pages, with an audit entry each, and records them as dropped by the run. Works in batches
     * with a transaction each and locks as {@link ReviewQueue#admit(long, Iterable, Runnable)} does, so that it can be
     * called again for an interrupted run.
     *
     * @param runId         the run whose rules do not flag the pages
     * @param rulesetSha256 hash of these rules
     * @param guard         called at the start of each transaction; throws if the caller may no longer write for the run
     */
    public void close(long runId, String rulesetSha256, List<DroppedPage> pages, Runnable guard) {
        for (int from = 0; from < pages.size(); from += BATCH) {
            List<DroppedPage> batch = pages.subList(from, Math.min(from + BATCH, pages.size()));
            transaction.executeWithoutResult(status -> {
                guard.run();
                closeBatch(runId, rulesetSha256, batch);
            });
        }
    }

    private void closeBatch(long runId, String rulesetSha256, List<DroppedPage> pages) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, DroppedPage> byKey = new HashMap<>();
        pages.forEach(page -> byKey.put(Sha256.of(page.page().toString()), page));
        List<String> keys = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        jdbc.sql("""
                        select id, url_sha256 from item
                         where url_sha256 = any (?) and state in ('new', 'reopened') and reviewed_by = '{}' and sampled_at is null
                           and (claimed_until is null or claimed_until <= ?)
                         order by id for no key update
                        """)
                .params(byKey.keySet().toArray(String[]::new), Times.utc(now))
                .query(row -> {
                    ids.add(row.getLong("id"));
                    keys.add(row.getString("url_sha256"));
                });
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update item set state = 'closed', closed_at = ?, claimed_by = null, claimed_at = null, claimed_until = null
                         where id = any (?)
                        """).params(Times.utc(now), ids.toArray(Long[]::new)).update();
        jdbc.sql("""
                        insert into admission (run_id, url_sha256, outcome)
                        select ?, key, 'dropped' from unnest(?) as closed (key)
                        on conflict (run_id, url_sha256) do update set outcome = excluded.outcome
                        """).params(runId, keys.toArray(String[]::new)).update();
        List<Audit.Event> events = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            DroppedPage page = byKey.get(keys.get(i));
            String suppressed = page == null ? "" : page.suppressed();
            events.add(new Audit.Event(
                    "item.close",
                    "item:" + ids.get(i),
                    Map.of(
                            "run",
                            runId,
                            "ruleset",
                            rulesetSha256,
                            "why",
                            suppressed.isEmpty() ? WHY : WHY + ": " + suppressed)));
        }
        audit.appendAll(Audit.SYSTEM, events);
    }
}
