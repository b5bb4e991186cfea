package org.markwatch.queue;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Purges the text of decided and closed items: URL, title and evidence go, and the item stays as a tombstone with its key, states
 * and decisions. Open items and items under a legal hold are never purged. Thread-safe.
 */
public final class ItemRetention {
    /** URL of a tombstone; the top-level domain is reserved (RFC 2606 section 2). */
    static final String PURGED_URL = "http://purged.invalid/";

    private static final int BATCH = 1_000;

    private static final String PURGEABLE = """
            select i.id from item i left join decision d on d.id = i.decision_id
            where i.purged_at is null
                and (i.state = 'decided' and d.decided_at < :before or i.state = 'closed' and i.closed_at < :before
                     or i.state = 'calibration' and i.queued_at < :before)
                and not exists (
                    select from legal_hold h
                    where h.released_at is null and (h.item_id = i.id or h.host = i.host))
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    public ItemRetention(DataSource database, Clock clock) {
        this.jdbc = JdbcClient.create(database);
        this.clock = clock;
    }

    /** Returns how many items {@link #purge} would purge. */
    public long count(Instant endedBefore) {
        return jdbc.sql("select count(*) from (" + PURGEABLE + ") p")
                .param("before", Times.utc(endedBefore))
                .query(Long.class)
                .single();
    }

    /**
     * Purges items that were decided or closed before an instant, in batches, and drafts older than {@link
     * Drafts#KEPT}. Returns the number of items.
     */
    public long purge(Instant endedBefore) {
        for (String drafts : List.of("draft", "cluster_draft")) {
            jdbc.sql("delete from " + drafts + " where saved_at < ?")
                    .param(Times.utc(clock.instant().minus(Drafts.KEPT)))
                    .update();
        }
        long purged = 0;
        for (int rows = BATCH; rows == BATCH; ) {
            rows = jdbc.sql("""
                            with purged as (
                                update item set url = :url, host = '', title = '', brands = '{}', template_id = null, purged_at = :now,
                                    evidence = '{"brandUses": [], "reasons": []}'
                                where id in (%s order by i.id limit %d for no key update of i) returning id),
                            kept as (delete from decision_evidence where item_id in (select id from purged)),
                            entered as (delete from draft where item_id in (select id from purged))
                            select count(*) from purged""".formatted(PURGEABLE, BATCH))
                    .param("url", PURGED_URL)
                    .param("now", Times.utc(clock.instant().truncatedTo(ChronoUnit.MICROS)))
                    .param("before", Times.utc(endedBefore))
                    .query(Integer.class)
                    .single();
            purged += rows;
        }
        return purged;
    }
}
