package org.markwatch.queue.action;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.ActionKind;
import org.markwatch.queue.Audit;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.ItemConflictException;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ScreenQueries;
import org.markwatch.queue.Sentence;
import org.markwatch.queue.StoredText;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The actions of final decisions (table {@code action}). An item has the action of its latest final decision until the
 * decision is taken back or a person re-opens the item. A run that re-opens it leaves the action, so that none is lost
 * before it is done. Thread-safe.
 */
public final class Actions {
    /** Longest receipt, in characters. */
    public static final int MAX_RECEIPT = 1_000;

    private static final String SELECT = """
            select a.decision_id, a.item_id, a.kind, a.receipt, a.changed_by, a.done_by, a.done_at, i.lane, i.severity, i.host,
                   i.url, i.state, d.verdict, d.decided_at
              from action a join item i on i.id = a.item_id join decision d on d.id = a.decision_id
            """;
    /** SQL: whether {@code action a} is that of its item. */
    private static final String COUNTS = """
            a.counts and not exists (select from action n where n.item_id = a.item_id and n.counts and n.decision_id > a.decision_id)
            """;

    private static final String OPEN = COUNTS + " and a.done_at is null and a.kind <> 'none'";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Clock clock;

    public Actions(DataSource dataSource, Audit audit, Clock clock) {
        this.jdbc = ScreenQueries.client(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * An action that is to be done.
     *
     * @param lane      lane of the item
     * @param severity  severity of the item
     * @param host      host of the page, as the crawl has it
     * @param verdict   kind of the decision, as in tables
     * @param decidedAt when the decision was made
     * @param reopened  whether a run has re-opened the item since, because the evidence changed or the authorisation ended
     */
    public record OpenAction(
            Action action,
            String lane,
            String severity,
            String host,
            String verdict,
            Instant decidedAt,
            boolean reopened) {}

    /** Returns the action of an item; empty if it has none. */
    public Optional<Action> of(long itemId) {
        return jdbc.sql(SELECT + "where a.item_id = ? and " + COUNTS)
                .param(itemId)
                .query((row, number) -> action(row))
                .optional();
    }

    /** Returns the actions on an item that are done, latest decision first, whatever became of their decisions. */
    public List<Action> done(long itemId) {
        return jdbc.sql(SELECT + "where a.item_id = ? and a.done_at is not null order by a.decision_id desc")
                .param(itemId)
                .query((row, number) -> action(row))
                .list();
    }

    /**
     * A re-crawl that is to be done.
     *
     * @param page URL of the page of the item
     */
    public record OpenRecrawl(long itemId, HttpUrl page) {}

    /** Returns the re-crawls of items that are to be done. */
    public List<OpenRecrawl> openRecrawls(Collection<Long> itemIds) {
        return jdbc.sql(SELECT + "where a.item_id = any(?) and a.kind = 'recrawl' and " + OPEN)
                .param(itemIds.toArray(Long[]::new))
                .query((row, number) -> new OpenRecrawl(row.getLong("item_id"), HttpUrl.of(row.getString("url"))))
                .list();
    }

    /**
     * Returns actions that are to be done, in the order of their decisions.
     *
     * @param after number of the decision of the last action of the previous page, 0 for the first page
     * @param limit largest number of actions, at least 1
     */
    public List<OpenAction> open(LaneAccess access, long after, int limit) {
        Map<String, Object> values = new HashMap<>(Map.of("after", after, "limit", limit));
        return jdbc.sql(SELECT + "where " + OPEN + " and a.decision_id > :after and " + access.condition(values)
                        + " order by a.decision_id limit :limit")
                .params(values)
                .query((row, number) -> new OpenAction(
                        action(row),
                        row.getString("lane"),
                        row.getString("severity"),
                        row.getString("host"),
                        row.getString("verdict"),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                        !row.getString("state").equals("decided")))
                .list();
    }

    /**
     * Chooses another action for an item.
     *
     * @throws ItemConflictException if the item has no final decision or its action is done
     */
    public void choose(long itemId, ActionKind kind, String actor) {
        transaction.executeWithoutResult(status -> {
            int changed = jdbc.sql("""
                            insert into action as a (decision_id, item_id, kind, changed_by, changed_at, counts)
                            select coalesce((select a.decision_id from action a where a.item_id = i.id and %s), i.decision_id), i.id,
                                   :kind, :actor, :now, true
                              from item i
                             where i.id = :item
                               and (i.state = 'decided' or exists (select from action a where a.item_id = i.id and %s))
                            on conflict (decision_id) do update
                               set kind = excluded.kind, changed_by = excluded.changed_by, changed_at = excluded.changed_at
                             where a.done_at is null
                            """.formatted(COUNTS, COUNTS))
                    .param("kind", kind.label())
                    .param("actor", actor)
                    .param("now", now())
                    .param("item", itemId)
                    .update();
            if (changed == 0) {
                throw new ItemConflictException(Sentence.of("refusal.action-item-cannot-be", itemId));
            }
            audit.append(actor, "action.choose", "item:" + itemId, Map.of("action", kind.label()));
        });
    }

    /**
     * Records that the action of an item is done.
     *
     * @param receipt what shows it, for example the number that the hotline gave; 1 to {@value #MAX_RECEIPT} characters
     * @throws IllegalArgumentException if the receipt is missing or too long; the message is a sentence for people
     * @throws ItemConflictException    if nothing is to be done
     */
    public void done(long itemId, String receipt, String actor) {
        String text = StoredText.of(receipt.strip());
        if (text.isEmpty() || text.length() > MAX_RECEIPT) {
            throw new EntryException(Sentence.of("refusal.enter-receipt-characters-example", MAX_RECEIPT));
        }
        transaction.executeWithoutResult(status -> {
            int changed = jdbc.sql("""
                            update action a set receipt = :receipt, done_by = :actor, done_at = :now
                             where a.item_id = :item and %s
                            """.formatted(OPEN))
                    .param("receipt", text)
                    .param("actor", actor)
                    .param("now", now())
                    .param("item", itemId)
                    .update();
            if (changed == 0) {
                throw new ItemConflictException(Sentence.of("refusal.nothing-be-done-item", itemId));
            }
            audit.append(actor, "action.done", "item:" + itemId, Map.of("receipt", text));
        });
    }

    private static Action action(ResultSet row) throws SQLException {
        OffsetDateTime doneAt = row.getObject("done_at", OffsetDateTime.class);
        return new Action(
                row.getLong("decision_id"),
                row.getLong("item_id"),
                ActionKind.of(row.getString("kind")).orElseThrow(),
                row.getString("receipt"),
                row.getString("changed_by"),
                row.getString("done_by"),
                instant(doneAt));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
