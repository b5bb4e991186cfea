package org.markwatch.queue;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps table {@code cluster_lane} up to date: what each cluster has open in each lane. Whatever changes an item leaves
 * the numbers of its clusters in {@code cluster_stale}; this class computes those clusters again. Thread-safe.
 */
public final class ClusterLanes {
    /** Largest number of open items of a cluster that is counted. */
    public static final int MOST_COUNTED = 10_000;

    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    public ClusterLanes(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /**
     * Computes clusters again whose items have changed, in transactions of their own, and deletes those without an item.
     * Returns at once if another thread or process does so.
     *
     * @param batches largest number of transactions, each for at most {@value #BATCH} changes
     */
    public void refresh(int batches) {
        for (int batch = 0; batch < batches; batch++) {
            Integer changes = transaction.execute(status -> refreshBatch());
            if (changes == null || changes < BATCH) {
                return;
            }
        }
    }

    private int refreshBatch() {
        boolean locked = jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('markwatch clusters', 0))")
                .query(Boolean.class)
                .single();
        if (!locked) {
            return 0;
        }
        List<Long> changes = jdbc.sql("""
                        delete from cluster_stale where ctid = any(array(select ctid from cluster_stale limit %d))
                        returning cluster_id
                        """.formatted(BATCH))
                .query((row, number) -> row.getLong(1))
                .list();
        if (!changes.isEmpty()) {
            Long[] clusters = changes.stream().distinct().sorted().toArray(Long[]::new);
            count(clusters);
            deleteEmpty(clusters);
        }
        return changes.size();
    }

    private void count(Long[] clusters) {
        jdbc.sql("delete from cluster_lane where cluster_id = any(?)")
                .param(clusters)
                .update();
        jdbc.sql("""
                        insert into cluster_lane (cluster_id, lane, kind, open, members, precedence, hosts, brands, first_seen_at)
                        select c.id, i.lane, c.kind, count(*), cast(md5(string_agg(i.id::text, ' ' order by i.id)) as uuid),
                               min(i.precedence), array_agg(distinct hashtext(i.host)),
                               coalesce((select array_agg(distinct brand order by brand)
                                  from unnest(string_to_array(string_agg(array_to_string(i.brands, ' '), ' '), ' ')) brand
                                 where brand <> ''), '{}'),
                               min(i.first_seen_at)
                          from cluster c, lateral (
                               select i.id, i.lane, i.precedence, i.host, i.brands, i.first_seen_at
                                 from cluster_item m join item i on i.id = m.item_id
                                where m.cluster_id = c.id and m.open order by m.item_id limit %d) i
                         where c.id = any(?) group by c.id, i.lane
                        """.formatted(MOST_COUNTED)).param(clusters).update();
    }

    /**
     * Deletes clusters without an item. It locks them first: after that, no item can join, and the second statement sees
     * those that joined before.
     */
    private void deleteEmpty(Long[] clusters) {
        Long[] empty = jdbc.sql("""
                        select id from cluster c where id = any(?)
                           and not exists (select from cluster_item m where m.cluster_id = c.id)
                        order by id for update skip locked
                        """)
                .param(clusters)
                .query((row, number) -> row.getLong(1))
                .list()
                .toArray(Long[]::new);
        jdbc.sql("""
                        delete from cluster c where id = any(?)
                           and not exists (select from cluster_item m where m.cluster_id = c.id)
                        """).param(empty).update();
    }
}
