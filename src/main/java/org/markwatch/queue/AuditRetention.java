package org.markwatch.queue;

import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Purges the oldest entries of the audit. The purge seals them: an entry with action {@value Audit#PURGE} names the number
 * and the hash of the last purged one, so that {@link Audit#verify} verifies the rest. Entries about items under a legal
 * hold, and all after them, stay. Thread-safe.
 */
public final class AuditRetention {
    private static final int BATCH = 5_000;

    /** SQL: the last entry before an instant that no later entry precedes in time and that no hold covers. */
    private static final String LAST = """
            select least(
                (select coalesce(min(seq), (select seq from audit_head)) from audit where at >= :before),
                (select seq from audit_head),
                (select min(a.seq) from audit a
                    where a.subject in (
                        select 'item:' || i.id from item i join legal_hold h on h.item_id = i.id or h.host = i.host
                        where h.released_at is null))) - 1
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;

    public AuditRetention(DataSource database, Audit audit) {
        this.jdbc = JdbcClient.create(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.audit = audit;
    }

    /** Returns how many entries {@link #purge} would purge. */
    public long count(Instant before) {
        return Math.max(0, last(before) - audit.start().seq());
    }

    /** Purges the entries before an instant, and returns their number. The latest entry always stays. */
    public long purge(Instant before) {
        long purged = transaction.execute(status -> {
            Audit.ChainPoint start = audit.start();
            long last = last(before);
            if (last <= start.seq()) {
                return 0L;
            }
            String sha256 = jdbc.sql("select sha256 from audit where seq = ?")
                    .param(last)
                    .query(String.class)
                    .single();
            long entries = last - start.seq();
            audit.append(
                    Audit.SYSTEM,
                    Audit.PURGE,
                    "audit",
                    Map.of("last", last, "sha256", sha256, "entries", entries, "before", before.toString()));
            jdbc.sql("select seal_audit(?)")
                    .param(last)
                    .query((row, number) -> last)
                    .single();
            return entries;
        });
        deleteSealed();
        return purged;
    }

    /** Deletes what this purge or an interrupted earlier one has sealed, in batches. */
    private void deleteSealed() {
        for (long rows = BATCH; rows == BATCH; ) {
            rows = jdbc.sql("select delete_sealed_audit(?)")
                    .param(BATCH)
                    .query(Long.class)
                    .single();
        }
    }

    private long last(Instant before) {
        return jdbc.sql(LAST)
                .param("before", Times.utc(before))
                .query(Long.class)
                .single();
    }
}
