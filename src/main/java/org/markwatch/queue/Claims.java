package org.markwatch.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Assigns items to reviewers; at most one reviewer holds an item at a time.
 *
 * <p>A claim lasts for {@link QueuePolicy#lease} and can be renewed. It ends with a decision, with a release, or when
 * the lease expires. Expiry needs no background job: every query compares the end of the lease with the clock.
 * Thread-safe.
 */
public final class Claims {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Duration lease;
    private final Clock clock;

    public Claims(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.lease = policy.lease();
        this.clock = clock;
    }

    /**
     * Claims the next item for a reviewer: an item that the reviewer already holds, otherwise the most severe open
     * item, and among equally severe items the one that has waited longest. Leaves out items that the reviewer skipped.
     *
     * @param lane a lane, or null for all lanes
     * @return number of the claimed item; empty if no item is available to the reviewer
     */
    public Optional<Long> next(@Nullable String lane, String reviewer) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            Optional<Long> held = jdbc.sql("""
                            select id from item
                             where claimed_by = :reviewer and claimed_until > :now
                               and (cast(:lane as text) is null or lane = :lane)
                             order by precedence, queued_at, id limit 1 for no key update
                            """)
                    .param("reviewer", reviewer)
                    .param("now", Times.utc(now))
                    .param("lane", lane)
                    .query(Long.class)
                    .optional();
            Optional<Long> next = held.isPresent()
                    ? held
                    : jdbc.sql("""
                                    select id from item i
                                     where state in ('new', 'reopened') and (cast(:lane as text) is null or lane = :lane)
                                       and (claimed_until is null or claimed_until <= :now)
                                       and not exists (select from skip s where s.item_id = i.id
                                            and s.reviewer = :reviewer and s.skipped_at >= i.queued_at)
                                     order by precedence, queued_at, id limit 1 for no key update skip locked
                                    """)
                            .param("reviewer", reviewer)
                            .param("now", Times.utc(now))
                            .param("lane", lane)
                            .query(Long.class)
                            .optional();
            next.ifPresent(id -> claimOrRenew(id, reviewer, now));
            return next;
        });
    }

    /**
     * Claims a given item, or renews the reviewer's own claim on it.
     *
     * @throws ItemConflictException if there is no such item, another reviewer holds it, or it is decided
     */
    public Claim claim(long itemId, String reviewer) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            LockedItem item = LockedItem.lock(jdbc, itemId, now);
            if (item.state() == ItemState.DECIDED) {
                throw new ItemConflictException("Item " + itemId + " is already decided. Re-open it to decide again.");
            }
            if (item.state() == ItemState.CLOSED) {
                throw new ItemConflictException(
                        "Item " + itemId + " is closed, because no rule supports it. A lead can re-open it.");
            }
            if (item.claimedBy() != null && !item.claimedBy().equals(reviewer)) {
                throw new ItemConflictException("Item " + itemId + " is held by " + item.claimedBy()
                        + ". Choose another item, or wait until the claim ends.");
            }
            return claimOrRenew(itemId, reviewer, now);
        });
    }

    /**
     * Renews a claim: its lease now ends {@link QueuePolicy#lease} from now.
     *
     * @throws ItemConflictException if the reviewer does not hold the item
     */
    public Claim renew(long itemId, String reviewer) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            LockedItem.lock(jdbc, itemId, now).requireClaimBy(itemId, reviewer);
            return claimOrRenew(itemId, reviewer, now);
        });
    }

    /**
     * Releases an item, so that any reviewer can claim it.
     *
     * @throws ItemConflictException if the reviewer does not hold it
     */
    public void release(long itemId, String reviewer) {
        release(itemId, reviewer, "item.release");
    }

    /**
     * Releases an item and leaves it out of {@link #next} for this reviewer until it is queued again. Reviewers give no
     * reason, and none is stored.
     *
     * @throws ItemConflictException if the reviewer does not hold it
     */
    public void skip(long itemId, String reviewer) {
        transaction.executeWithoutResult(status -> {
            release(itemId, reviewer, "item.skip");
            jdbc.sql("""
                            insert into skip (item_id, reviewer, skipped_at) values (?, ?, ?)
                            on conflict (item_id, reviewer) do update set skipped_at = excluded.skipped_at
                            """).params(itemId, reviewer, Times.utc(clock.instant())).update();
        });
    }

    private void release(long itemId, String reviewer, String action) {
        transaction.executeWithoutResult(status -> {
            LockedItem.lock(jdbc, itemId, clock.instant()).requireClaimBy(itemId, reviewer);
            jdbc.sql("update item set claimed_by = null, claimed_at = null, claimed_until = null where id = ?")
                    .param(itemId)
                    .update();
            audit.append(reviewer, action, "item:" + itemId, Map.of());
        });
    }

    /** Claims or renews an item whose row is locked. Only a new claim is written to the audit. */
    private Claim claimOrRenew(long itemId, String reviewer, Instant now) {
        Instant until = now.plus(lease);
        boolean renewed = jdbc.sql("""
                                update item set claimed_until = :until
                                 where id = :id and claimed_by = :reviewer and claimed_until > :now
                                """)
                        .param("until", Times.utc(until))
                        .param("id", itemId)
                        .param("reviewer", reviewer)
                        .param("now", Times.utc(now))
                        .update()
                == 1;
        if (!renewed) {
            jdbc.sql("update item set claimed_by = ?, claimed_at = ?, claimed_until = ? where id = ?")
                    .params(reviewer, Times.utc(now), Times.utc(until), itemId)
                    .update();
            audit.append(
                    reviewer,
                    "item.claim",
                    "item:" + itemId,
                    Map.of("until", until.truncatedTo(ChronoUnit.SECONDS).toString()));
        }
        return jdbc.sql("select claimed_by, claimed_at, claimed_until from item where id = ?")
                .param(itemId)
                .query((row, number) -> new Claim(
                        row.getString("claimed_by"),
                        Times.instant(row, "claimed_at"),
                        Times.instant(row, "claimed_until")))
                .single();
    }

    /**
     * An item whose row is locked until the transaction ends. Locking is pessimistic: a claim, a release or a decision
     * locks the row, checks the state that it finds, and then writes.
     *
     * @param claimedBy account name of the reviewer whose lease has not expired, or null
     */
    record LockedItem(ItemState state, @Nullable String claimedBy, String evidenceSha256) {
        /**
         * Locks the row of an item and returns its state. {@code for no key update} leaves the row to decisions that
         * refer to it as the original of a duplicate, so that neither waits for the other.
         *
         * @throws ItemConflictException if there is no such item
         */
        static LockedItem lock(JdbcClient jdbc, long itemId, Instant now) {
            return jdbc.sql(
                            "select state, claimed_by, claimed_until, evidence_sha256 from item where id = ? for no key update")
                    .param(itemId)
                    .query((row, number) -> {
                        Instant until = Times.instantOrNull(row, "claimed_until");
                        return new LockedItem(
                                ItemState.of(row.getString("state")),
                                until == null || !until.isAfter(now) ? null : row.getString("claimed_by"),
                                row.getString("evidence_sha256"));
                    })
                    .optional()
                    .orElseThrow(() -> new ItemConflictException("There is no item " + itemId + "."));
        }

        void requireClaimBy(long itemId, String reviewer) {
            if (!reviewer.equals(claimedBy)) {
                throw new ItemConflictException("You do not hold item " + itemId
                        + (claimedBy == null
                                ? "; your claim has expired or was never made. Claim it again."
                                : "; " + claimedBy + " does."));
            }
        }
    }
}
