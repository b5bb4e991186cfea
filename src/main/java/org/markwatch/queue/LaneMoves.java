package org.markwatch.queue;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves items to other lanes than those that the policy gives them. Runs leave a moved item in its lane. Thread-safe.
 */
public final class LaneMoves {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final CurrentLanes lanes;
    private final Clock clock;

    public LaneMoves(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.lanes = policy.lanes();
        this.clock = clock;
    }

    /** Returns the lanes to which items can be moved, in the order of the policy. */
    public List<String> lanes() {
        return lanes.get().names();
    }

    /**
     * Moves an item. A move to a restricted lane takes the item from its holder, who may not see that lane; what the
     * holder entered is kept.
     *
     * @param lane       one of {@link #lanes}
     * @param supervisor who moves it
     * @throws IllegalArgumentException if the policy has no such lane; the message is a sentence for the supervisor
     * @throws ItemConflictException    if there is no such item, or it is in that lane
     */
    public void move(long itemId, String lane, String supervisor) {
        LanePolicy policy = lanes.get();
        if (!policy.names().contains(lane)) {
            throw new EntryException(Sentence.of("refusal.choose-lane", String.join(", ", policy.names())));
        }
        transaction.executeWithoutResult(status -> {
            Claims.LockedItem.lock(jdbc, itemId, clock.instant());
            if (!move(jdbc, audit, itemId, lane, supervisor)) {
                throw new ItemConflictException(Sentence.of("refusal.item-lane-already", itemId, lane));
            }
            if (policy.restricted().contains(lane)) {
                jdbc.sql("update item set claimed_by = null, claimed_at = null, claimed_until = null where id = ?")
                        .param(itemId)
                        .update();
            }
        });
    }

    /**
     * Moves an item that was referred to a hotline to the lane of referrals, unless it is in a restricted lane. The
     * caller holds the lock of the item's row and has a transaction.
     */
    static void refer(JdbcClient jdbc, Audit audit, LanePolicy lanes, long itemId, String reviewer) {
        String lane = lanes.referrals();
        String now = jdbc.sql("select lane from item where id = ?")
                .param(itemId)
                .query(String.class)
                .single();
        if (lane != null && !lanes.restricted().contains(now)) {
            move(jdbc, audit, itemId, lane, reviewer);
        }
    }

    /** Returns whether the item was in another lane. */
    private static boolean move(JdbcClient jdbc, Audit audit, long itemId, String lane, String actor) {
        String from = jdbc.sql("select lane from item where id = ?")
                .param(itemId)
                .query(String.class)
                .single();
        boolean moved = jdbc.sql("""
                        update item set lane = ?, lane_kept = true, moved_from = coalesce(moved_from, lane)
                        where id = ? and lane <> ?""").params(lane, itemId, lane).update() == 1;
        if (moved) {
            audit.append(actor, "item.move", "item:" + itemId, Map.of("from", from, "to", lane));
        }
        return moved;
    }
}
