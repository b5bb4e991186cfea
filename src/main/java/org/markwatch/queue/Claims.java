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
 * Gives items to reviewers, each to one at a time.
 *
 * <p>A claim holds for the lease and is renewed by signs of life. It ends by a decision, by a release, or by itself when
 * the lease is over; nothing has to run for that.
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
     * The item to work on next: one that the reviewer holds already, otherwise the gravest, and among those the one that
     * waits longest. Items that the reviewer skipped are left to others.
     *
     * @param lane a lane, or null for all
     * @return number of the item, now claimed; empty when nothing waits
     */
    public Optional<Long> next(@Nullable String lane, String reviewer) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            Optional<Long> held = jdbc.sql("""
                            select id from item
                             where claimed_by = :reviewer and claimed_until > :now
                               and (cast(:lane as text) is null or lane = :lane)
                             order by precedence, queued_at, id limit 1 for update
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
                                     where state <> 'decided' and (cast(:lane as text) is null or lane = :lane)
                                       and (claimed_until is null or claimed_until <= :now)
                                       and not exists (select from skip s where s.item_id = i.id
                                            and s.reviewer = :reviewer and s.skipped_at >= i.queued_at)
                                     order by precedence, queued_at, id limit 1 for update skip locked
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
     * Claims a chosen item, or renews the reviewer's own claim on it.
     *
     * @throws ItemConflictException if somebody else holds it or it is decided
     */
    public Claim claim(long itemId, String reviewer) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            LockedItem held = LockedItem.lock(jdbc, itemId, now);
            if (held.state() == ItemState.DECIDED) {
                throw new ItemConflictException("Item " + itemId + " is decided. Re-open it to decide anew.");
            }
            if (held.claimedBy() != null && !held.claimedBy().equals(reviewer)) {
                throw new ItemConflictException("Item " + itemId + " is held by " + held.claimedBy()
                        + ". Take another, or wait until it is free.");
            }
            return claimOrRenew(itemId, reviewer, now);
        });
    }

    /**
     * Prolongs a live claim by the lease from now.
     *
     * @throws ItemConflictException if the reviewer does not hold it any more
     */
    public Claim renew(long itemId, String reviewer) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            LockedItem.lock(jdbc, itemId, now).requireClaimBy(itemId, reviewer);
            return claimOrRenew(itemId, reviewer, now);
        });
    }

    /**
     * Gives an item back.
     *
     * @throws ItemConflictException if the reviewer does not hold it
     */
    public void release(long itemId, String reviewer) {
        release(itemId, reviewer, "item.release");
    }

    /**
     * Gives an item back and asks not to be handed it again until it is queued anew. No reason is asked for or kept.
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

    /** Claims or renews an item whose row is locked. Renewals are signs of life, not acts: they leave no trace. */
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

    /** Who holds an item at the moment; its row is locked until the transaction ends. */
    record LockedItem(ItemState state, @Nullable String claimedBy, String evidenceSha256) {
        static LockedItem lock(JdbcClient jdbc, long itemId, Instant now) {
            return jdbc.sql(
                            "select state, claimed_by, claimed_until, evidence_sha256 from item where id = ? for update")
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
                                ? "; your claim has lapsed or was never made. Claim it again."
                                : "; " + claimedBy + " does."));
            }
        }
    }
}
