package org.markwatch.queue;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Items with known answers (table {@code calibration}). Reviewers are dealt copies of them in the place of other items. A
 * copy looks like any item, belongs to one reviewer and is part of no list, count, run or export. Thread-safe.
 */
public final class Calibration {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final QueuePolicy policy;
    private final Clock clock;

    public Calibration(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        this.jdbc = ScreenQueries.client(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Makes a decided item a calibration item, or changes its answer.
     *
     * @param answer the kind of decision that is right
     * @throws ItemConflictException if there is no such item or it is not decided
     */
    public void add(long itemId, DecisionKind answer, String actor) {
        transaction.executeWithoutResult(status -> {
            Claims.LockedItem item = Claims.LockedItem.lock(jdbc, itemId, clock.instant());
            if (item.state() != ItemState.DECIDED || item.calibration()) {
                throw new ItemConflictException(Sentence.of("refusal.item-not-decided-only", itemId));
            }
            jdbc.sql("""
                            insert into calibration (item_id, answer, added_by, added_at) values (?, ?, ?, ?)
                            on conflict (item_id) do update set answer = excluded.answer, retired_at = null
                            """)
                    .params(itemId, answer.label(), actor, Times.utc(now()))
                    .update();
            audit.append(actor, "calibration.add", "item:" + itemId, Map.of("answer", answer.label()));
        });
    }

    /**
     * Ends the use of an item for calibration; copies that were dealt stay.
     *
     * @throws ItemConflictException if it is none
     */
    public void retire(long itemId, String actor) {
        transaction.executeWithoutResult(status -> {
            int retired = jdbc.sql("update calibration set retired_at = ? where item_id = ? and retired_at is null")
                    .params(Times.utc(now()), itemId)
                    .update();
            if (retired == 0) {
                throw new ItemConflictException(Sentence.of("refusal.item-not-calibration-item", itemId));
            }
            audit.append(actor, "calibration.retire", "item:" + itemId, Map.of());
        });
    }

    /** Returns the answer of an item that is in use for calibration; empty for any other. */
    public Optional<DecisionKind> answerOf(long itemId) {
        return jdbc.sql("select answer from calibration where item_id = ? and retired_at is null")
                .param(itemId)
                .query((row, number) -> DecisionKind.of(row.getString("answer")))
                .optional();
    }

    /** Returns the known answer for a decision on a copy; empty for any other decision. */
    public Optional<DecisionKind> answerFor(long decisionId) {
        return jdbc.sql("""
                        select c.answer from decision d join item i on i.id = d.item_id
                          join calibration c on c.id = i.calibration_id where d.id = ?
                        """)
                .param(decisionId)
                .query((row, number) -> DecisionKind.of(row.getString("answer")))
                .optional();
    }

    /**
     * Returns a copy for a reviewer in the place of an item that the reviewer would get, if the draw says so. Leaves out
     * items that are open again, that the reviewer has decided or had as a copy, and those outside of the filter.
     *
     * @param next the item that the reviewer would get; the copy waits as long as it does
     * @return number of the copy; empty if the reviewer gets the item itself
     */
    Optional<Long> insteadOf(long next, ItemFilter filter, String reviewer) {
        if (policy.checks().calibrationOneIn() == 0 || filter.show() == ItemFilter.Show.REOPENED) {
            return Optional.empty();
        }
        long dealt = jdbc.sql("select count(*) from item where calibration_id is not null and dealt_to = ?")
                .param(reviewer)
                .query(Long.class)
                .single();
        if (!KeyedDraw.of(jdbc)
                .includes(
                        "calibration " + reviewer + " " + next + " " + dealt,
                        policy.checks().calibrationOneIn())) {
            return Optional.empty();
        }
        Map<String, Object> values = new HashMap<>();
        String condition = filter.with(ItemFilter.Show.ALL).condition(values);
        values.put("reviewer", reviewer);
        values.put("next", next);
        values.put("now", Times.utc(now()));
        return jdbc.sql("""
                        insert into item (url, url_sha256, host, title, language, score, severity, precedence, lane, state, brands,
                                          evidence, ruleset_sha256, evidence_sha256, first_run, last_run, first_seen_at,
                                          last_seen_at, queued_at, calibration_id, dealt_to)
                        select i.url, encode(sha256(convert_to('calibration ' || c.id || ' ' || :reviewer, 'UTF8')), 'hex'), i.host,
                               i.title, i.language, i.score, i.severity, i.precedence, i.lane, 'calibration', i.brands,
                               i.evidence, i.ruleset_sha256, i.evidence_sha256, i.first_run, i.last_run, i.first_seen_at,
                               i.last_seen_at, n.queued_at, c.id, :reviewer
                          from calibration c join item i on i.id = c.item_id join item n on n.id = :next
                         where c.retired_at is null and i.state = 'decided' and i.purged_at is null and %s
                           and not exists (select from decision d where d.item_id = c.item_id and d.reviewer = :reviewer)
                           and not exists (select from item x where x.calibration_id = c.id and x.dealt_to = :reviewer)
                         order by md5(c.id || :reviewer) limit 1
                        on conflict do nothing returning id
                        """.formatted(condition))
                .params(values)
                .query(Long.class)
                .optional();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
