package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts new items by run, lane and payment method (table {@code item_trend}) when a run ends, and final decisions
 * by day, for trends, without copies of calibration items. Queries of screens throw
 * {@link org.springframework.dao.QueryTimeoutException} after five seconds. Thread-safe.
 */
public final class ItemTrends {
    /** The method of the counts of all items. */
    private static final String ALL = "";

    /** What every item counts for. */
    private static final PaymentTerms EVERY = new PaymentTerms(ALL, Set.of(), Set.of());

    /** An item that people moved counts in its lane, and no longer in the lane of its finding. */
    private static final String MOVES = """
            union all
            select i.run_id, i.n from (
                select m.first_run as run_id, at.lane, at.n
                  from item m, lateral (values (m.lane, 1), (m.moved_from, -1)) at(lane, n)
                 where m.lane_kept and m.moved_from is not null and m.first_run = any(:runs) and m.state <> 'calibration'
                   and exists (select from item_trend t where t.run_id = m.first_run)
                   and (:every or m.groups && cast(:groups as text[]) or m.brands && cast(:brands as text[]))) i
             where %s""";

    private final JdbcClient jdbc;
    private final JdbcClient screen;
    private final List<PaymentTerms> methods;

    /** @param methods what makes an item count for a payment method; an item may count for several */
    public ItemTrends(DataSource database, List<PaymentTerms> methods) {
        this.jdbc = JdbcClient.create(database);
        this.screen = ScreenQueries.client(database);
        this.methods = List.copyOf(methods);
    }

    /**
     * What makes an item count for a payment method.
     *
     * @param method key of the method
     * @param groups policy groups; one with points is enough
     * @param brands ids of brands; one that the page uses is enough
     */
    public record PaymentTerms(String method, Set<String> groups, Set<String> brands) {
        public PaymentTerms {
            groups = Set.copyOf(groups);
            brands = Set.copyOf(brands);
        }
    }

    /**
     * Counts the new items of a run in the lanes of their findings, and replaces earlier counts of it. Items that people move
     * count in the lane that they are in when the counts are read.
     */
    public void record(long run) {
        jdbc.sql("delete from item_trend where run_id = ?").param(run).update();
        jdbc.sql("""
                        insert into item_trend (run_id, lane, method, items)
                        select first_run, coalesce(moved_from, lane), '', count(*) from item
                         where first_run = ? and state <> 'calibration' group by 1, 2""").param(run).update();
        for (PaymentTerms method : methods) {
            jdbc.sql("""
                            insert into item_trend (run_id, lane, method, items)
                            select first_run, coalesce(moved_from, lane), :method, count(*) from item
                             where first_run = :run and state <> 'calibration'
                               and (groups && cast(:groups as text[]) or brands && cast(:brands as text[])) group by 1, 2""")
                    .param("method", method.method())
                    .param("run", run)
                    .param("groups", method.groups().toArray(String[]::new))
                    .param("brands", method.brands().toArray(String[]::new))
                    .update();
        }
    }

    /**
     * New items of a run.
     *
     * @param run    the run
     * @param method key of the payment method; empty for all items
     * @param items  number of items, 1 or more
     */
    public record NewItems(long run, String method, long items) {}

    /** Returns the new items of runs by payment method, in the lanes that the account may see. */
    public List<NewItems> newItems(Collection<Long> runs, LaneAccess access) {
        return Stream.concat(Stream.of(EVERY), methods.stream())
                .flatMap(method -> newItems(method, runs, access).entrySet().stream()
                        .map(each -> new NewItems(each.getKey(), method.method(), each.getValue())))
                .toList();
    }

    /** Returns the number of new items of each of the runs that has some, in the lanes that the account may see. */
    public Map<Long, Long> newItemsOf(Collection<Long> runs, LaneAccess access) {
        return newItems(EVERY, runs, access);
    }

    private Map<Long, Long> newItems(PaymentTerms method, Collection<Long> runs, LaneAccess access) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "runs", runs.toArray(Long[]::new),
                "method", method.method(),
                "every", method.equals(EVERY),
                "groups", method.groups().toArray(String[]::new),
                "brands", method.brands().toArray(String[]::new)));
        String visible = access.condition(values);
        Map<Long, Long> items = new HashMap<>();
        screen.sql("""
                        select run_id as run, sum(n) as items from (
                            select i.run_id, i.items as n from item_trend i
                             where i.run_id = any(:runs) and i.method = :method and %s
                            %s) counted
                         group by run_id having sum(n) > 0
                        """.formatted(visible, access.hidden().isEmpty() ? "" : MOVES.formatted(visible)))
                .params(values)
                .query(row -> {
                    items.put(row.getLong("run"), row.getLong("items"));
                });
        return items;
    }

    /**
     * Records that a decision is final (table {@code final_decision}), with the lane in which it left its item. A later move
     * of the item changes no count. The caller holds the lock of the item's row and has a transaction.
     */
    static void recordFinal(JdbcClient jdbc, long decisionId, Instant at) {
        jdbc.sql("""
                        insert into final_decision (decision_id, lane, final_at)
                        select d.id, i.lane, :at from decision d join item i on i.id = d.item_id where d.id = :decision
                        """).param("decision", decisionId).param("at", Times.utc(at)).update();
    }

    /**
     * Decisions of a day.
     *
     * @param day       the day in UTC on which they became final
     * @param verdict   label of the kind of decision
     * @param decisions number of decisions, 1 or more; those that were taken back or replaced count too
     */
    public record DecisionsOfDay(LocalDate day, String verdict, long decisions) {}

    /**
     * Returns the decisions that became final since an instant by day and kind, in the lanes that the account may see. A
     * decision that waits for another person does not count.
     */
    public List<DecisionsOfDay> decisions(Instant since, LaneAccess access) {
        Map<String, Object> values = new HashMap<>(Map.of("since", Times.utc(since)));
        return screen.sql("""
                        select cast(i.final_at at time zone 'UTC' as date) as day, d.verdict, count(*) as decisions
                          from final_decision i join decision d on d.id = i.decision_id
                         where i.final_at >= :since and %s group by 1, 2 order by 1, 2
                        """.formatted(access.condition(values)))
                .params(values)
                .query(ItemTrends::decisionsOfDay)
                .list();
    }

    private static DecisionsOfDay decisionsOfDay(ResultSet row, int number) throws SQLException {
        return new DecisionsOfDay(
                row.getObject("day", LocalDate.class), row.getString("verdict"), row.getLong("decisions"));
    }
}
