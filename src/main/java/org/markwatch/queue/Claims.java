package org.markwatch.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
    /** Largest number of items that a reviewer can hold, unless a supervisor assigns more. */
    public static final int MOST_CLAIMS = 5;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Calibration calibration;
    private final FreeItems freeItems;
    private final Duration lease;
    private final Clock clock;

    public Claims(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.calibration = new Calibration(dataSource, audit, policy, clock);
        this.freeItems = new FreeItems(dataSource);
        this.lease = policy.lease();
        this.clock = clock;
    }

    /**
     * Claims the next item for a reviewer: an item within the filter that the reviewer already holds, otherwise the
     * most severe open item within it, and among equally severe items the one that has waited longest. Leaves out items
     * that the reviewer skipped.
     *
     * @param filter which items to choose from; its {@code show} counts only if it is {@code REOPENED}
     * @return number of the claimed item; empty if no item is available to the reviewer
     * @throws ItemConflictException                             if the reviewer holds {@value #MOST_CLAIMS} items, all
     *                                                           outside of the filter
     * @throws org.springframework.dao.QueryTimeoutException if the search takes too long, see {@link ScreenQueries}
     */
    public Optional<Long> nextWithin(ItemFilter filter, String reviewer) {
        ItemFilter free = filter.show() == ItemFilter.Show.REOPENED ? filter : filter.with(ItemFilter.Show.FREE);
        // an item that the reviewer holds may be a copy of a calibration item, which must not differ from any other
        ItemFilter own = filter.show() == ItemFilter.Show.REOPENED ? filter : filter.with(ItemFilter.Show.MINE);
        return transaction.execute(status -> {
            lockClaimsOf(reviewer);
            Instant now = clock.instant();
            Optional<Long> kept = freeItems.lockHeld(own, reviewer, now);
            if (kept.isEmpty()) {
                requireFewClaims(reviewer, now);
            }
            Optional<Long> candidate = kept.isPresent() ? kept : freeItems.lockFree(free, reviewer, now);
            Optional<Long> next = kept.isPresent()
                    ? kept
                    : candidate
                            .flatMap(id -> calibration.insteadOf(id, free, reviewer))
                            .or(() -> candidate);
            next.ifPresent(id -> claimOrRenew(id, reviewer, now));
            return next;
        });
    }

    /**
     * Claims a given item, or renews the reviewer's own claim on it.
     *
     * @throws ItemConflictException if there is no such item, another reviewer holds it, it is decided, or the reviewer
     *                               holds {@value #MOST_CLAIMS} others
     */
    public Claim claim(long itemId, String reviewer) {
        return transaction.execute(status -> {
            lockClaimsOf(reviewer);
            Instant now = clock.instant();
            LockedItem item = LockedItem.lock(jdbc, itemId, now);
            requireOpen(itemId, item);
            item.requireFree(itemId, reviewer);
            if (item.claimedBy() == null) {
                requireFewClaims(reviewer, now);
            }
            return claimOrRenew(itemId, reviewer, now);
        });
    }

    /**
     * Takes an item from its holder, so that any reviewer can claim it. The holder's entries are kept.
     *
     * @param supervisor who frees it
     * @throws ItemConflictException if nobody holds it
     */
    public void free(long itemId, String supervisor) {
        transaction.executeWithoutResult(status -> {
            LockedItem item = LockedItem.lock(jdbc, itemId, clock.instant());
            if (item.claimedBy() == null) {
                throw new ItemConflictException(Sentence.of("refusal.nobody-holds-item-any", itemId));
            }
            endClaim(itemId);
            audit.append(supervisor, "item.free", "item:" + itemId, Map.of("holder", item.claimedBy()));
        });
    }

    /**
     * Gives an open item to a reviewer, whoever holds it.
     *
     * @param reviewer account that holds the item from now on
     * @param supervisor who assigns it
     * @return whether the reviewer can hold it; why not is not told, because the supervisor may be the second reviewer
     * @throws ItemConflictException if there is no such item, or it is decided
     */
    public boolean assign(long itemId, String reviewer, String supervisor) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            LockedItem item = LockedItem.lock(jdbc, itemId, now);
            requireOpen(itemId, item);
            if (!item.mayBeHeldBy(reviewer)) {
                return false;
            }
            if (!reviewer.equals(item.claimedBy())) {
                endClaim(itemId);
                audit.append(supervisor, "item.assign", "item:" + itemId, Map.of("to", reviewer));
            }
            claimOrRenew(itemId, reviewer, now);
            return true;
        });
    }

    private static void requireOpen(long itemId, LockedItem item) {
        if (item.state() == ItemState.DECIDED) {
            throw new ItemConflictException(Sentence.of("refusal.item-already-decided-re", itemId));
        }
        if (item.state() == ItemState.CLOSED) {
            throw new ItemConflictException(Sentence.of("refusal.item-closed-because-no", itemId));
        }
    }

    /** Serialises the claims of one reviewer, so that two at once cannot exceed the limit. Taken before any row lock. */
    private void lockClaimsOf(String reviewer) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('markwatch claims of ' || ?, 0))")
                .param(reviewer)
                .query((row, number) -> 0)
                .list();
    }

    private void requireFewClaims(String reviewer, Instant now) {
        List<Long> held = jdbc.sql("select id from item where claimed_by = ? and claimed_until > ? order by id")
                .params(reviewer, Times.utc(now))
                .query((row, number) -> row.getLong("id"))
                .list();
        if (held.size() >= MOST_CLAIMS) {
            throw new ItemConflictException(Sentence.of(
                    "refusal.you-hold-items-more",
                    held.size(),
                    MOST_CLAIMS,
                    held.stream().map(id -> "#" + id).collect(Collectors.joining(", "))));
        }
    }

    /**
     * Renews a claim: its lease now ends {@link QueuePolicy#lease} from now. A lease that has ended is renewed too, as
     * long as nobody else has claimed or decided the item since.
     *
     * @throws ItemConflictException if another reviewer holds the item, or the reviewer was not the last who did
     */
    public Claim renew(long itemId, String reviewer) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            LockedItem.lock(jdbc, itemId, now).requireHolder(itemId, reviewer);
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
     * Releases an item and leaves it out of {@link #nextWithin} for this reviewer until it is queued again. Reviewers give no
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
            LockedItem.lock(jdbc, itemId, clock.instant()).requireHolder(itemId, reviewer);
            endClaim(itemId);
            audit.append(reviewer, action, "item:" + itemId, Map.of());
        });
    }

    /**
     * Releases all items that a reviewer holds, so that others can claim them; what the reviewer entered is kept.
     *
     * @param why why, for the audit
     */
    public void releaseAll(String reviewer, String why) {
        transaction.executeWithoutResult(status -> {
            List<Long> held = jdbc.sql("select id from item where claimed_by = ? and claimed_until > ?"
                            + " order by id for no key update")
                    .params(reviewer, Times.utc(clock.instant()))
                    .query((row, number) -> row.getLong("id"))
                    .list();
            held.forEach(this::endClaim);
            audit.appendAll(
                    reviewer,
                    held.stream()
                            .map(id -> new Audit.Event("item.release", "item:" + id, Map.of("why", why)))
                            .toList());
        });
    }

    private void endClaim(long itemId) {
        jdbc.sql("update item set claimed_by = null, claimed_at = null, claimed_until = null where id = ?")
                .param(itemId)
                .update();
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
     * @param claimedBy  account name of the reviewer whose lease has not expired, or null
     * @param lastHolder account name of the reviewer who held the item last, and neither released nor decided it; null
     *                   if there is none
     * @param decisionId latest decision, or null
     * @param reviewedBy accounts whose decisions wait for a further review
     * @param dealtTo    the only reviewer who may hold the item, if it is a copy of a calibration item; otherwise null
     */
    record LockedItem(
            ItemState state,
            @Nullable String claimedBy,
            @Nullable String lastHolder,
            String evidenceSha256,
            String severity,
            String lane,
            @Nullable Long decisionId,
            List<String> reviewedBy,
            @Nullable String dealtTo) {
        LockedItem {
            reviewedBy = List.copyOf(reviewedBy);
        }

        /**
         * Locks the row of an item and returns its state. {@code for no key update} leaves the row to decisions that
         * refer to it as the original of a duplicate, so that neither waits for the other.
         *
         * @throws ItemConflictException if there is no such item
         */
        static LockedItem lock(JdbcClient jdbc, long itemId, Instant now) {
            return jdbc.sql("""
                            select state, claimed_by, claimed_until, evidence_sha256, severity, lane, decision_id, reviewed_by, dealt_to
                              from item where id = ? for no key update
                            """)
                    .param(itemId)
                    .query((row, number) -> {
                        Instant until = Times.instantOrNull(row, "claimed_until");
                        return new LockedItem(
                                ItemState.of(row),
                                until == null || !until.isAfter(now) ? null : row.getString("claimed_by"),
                                row.getString("claimed_by"),
                                row.getString("evidence_sha256"),
                                row.getString("severity"),
                                row.getString("lane"),
                                row.getObject("decision_id", Long.class),
                                ItemRows.texts(row, "reviewed_by"),
                                row.getString("dealt_to"));
                    })
                    .optional()
                    .orElseThrow(() -> new ItemConflictException(Sentence.of("refusal.there-no-item", itemId)));
        }

        /** Returns whether the item is a copy of a calibration item. */
        boolean calibration() {
            return dealtTo != null;
        }

        /** Returns whether no decision of the reviewer on the item waits, and the item is no copy for somebody else. */
        boolean mayBeHeldBy(String reviewer) {
            return !reviewedBy.contains(reviewer) && (dealtTo == null || dealtTo.equals(reviewer));
        }

        /** Requires that the item is open, nobody else holds it, and no decision of the reviewer on it waits. */
        void requireFree(long itemId, String reviewer) {
            requireUndecided(itemId, reviewer);
            if (claimedBy != null && !claimedBy.equals(reviewer)) {
                throw new ItemConflictException(Sentence.of("refusal.item-held-by-choose", itemId, claimedBy));
            }
        }

        /** Requires that the reviewer holds the item, or held it last and nobody holds it now. */
        void requireHolder(long itemId, String reviewer) {
            requireUndecided(itemId, reviewer);
            if (claimedBy != null && !claimedBy.equals(reviewer)) {
                throw new ItemConflictException(Sentence.of("refusal.you-do-not-hold", itemId, claimedBy, claimedBy));
            }
            if (!reviewer.equals(lastHolder)) {
                throw new ItemConflictException(Sentence.of("refusal.you-do-not-hold-item", itemId));
            }
        }

        private void requireUndecided(long itemId, String reviewer) {
            if (state == ItemState.DECIDED) {
                throw new ItemConflictException(Sentence.of("refusal.item-has-been-decided", itemId));
            }
            if (state == ItemState.CLOSED) {
                throw new ItemConflictException(Sentence.of("refusal.item-closed-because-no-rule", itemId));
            }
            if (!mayBeHeldBy(reviewer)) {
                throw new ItemConflictException(Sentence.of("refusal.you-have-decided-on", itemId));
            }
        }
    }
}
