package org.markwatch.queue;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what the audit has about an item. The views of one account are one entry, so that they do not hide what was done
 * with the item. Thread-safe.
 */
public final class ItemHistory {
    private final JdbcClient jdbc;

    public ItemHistory(DataSource dataSource) {
        this.jdbc = ScreenQueries.client(dataSource);
    }

    /**
     * Something that was done.
     *
     * @param entry the entry; of views of one account the latest
     * @param times how often; 1 except for views
     */
    public record DoneThing(AuditEntry entry, long times) {}

    /**
     * Returns what was done with an item, latest first, at most {@code limit}. Leaves out what others did with it since it was
     * queued if the account may become its second reviewer: nothing may tell it that and by whom the item was decided.
     */
    public List<DoneThing> of(Item item, String account, int limit) {
        return jdbc
                .sql("""
                        with viewed as (
                            select max(seq) as seq, count(*) as times from audit
                             where subject = :subject and action = 'item.view' group by actor)
                        select a.seq, a.at, a.actor, a.action, a.subject, a.details, a.previous, a.sha256,
                               coalesce(v.times, 1) as times
                          from audit a left join viewed v on v.seq = a.seq
                         where a.subject = :subject and (a.action <> 'item.view' or v.seq is not null)
                         order by a.seq desc limit :limit
                        """)
                .param("subject", "item:" + item.id())
                .param("limit", limit)
                .query((row, number) -> new DoneThing(Audit.entry(row, number), row.getLong("times")))
                .list()
                .stream()
                .filter(done -> mayShow(done.entry(), item, account))
                .toList();
    }

    private static boolean mayShow(AuditEntry entry, Item item, String account) {
        return !item.isBlindFor(account)
                || entry.actor().equals(account)
                || entry.actor().equals(Audit.SYSTEM)
                || entry.at().isBefore(item.queuedAt());
    }
}
