package org.markwatch.queue.agreement;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.ScreenQueries;
import org.markwatch.score.Evaluation.Share;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares decisions of the last {@link #PERIOD}. Kappa is computed over the second reviews that the draw chose: of
 * those that are due by the kind of the first decision, the draw chooses its share too, so that these are a random sample
 * of all decisions. Every query ends after five seconds. Thread-safe.
 */
public final class Agreement {
    /** How far back decisions are compared. */
    public static final Duration PERIOD = Duration.ofDays(180);

    /** Largest number of lanes, pairs, reviewers or calibration items that are listed. */
    public static final int LISTED = 200;

    private final JdbcClient jdbc;
    private final Clock clock;

    public Agreement(DataSource dataSource, Clock clock) {
        this.jdbc = ScreenQueries.client(dataSource);
        this.clock = clock;
    }

    /**
     * Second reviews of a lane or of two reviewers.
     *
     * @param name    lane, or two account names in their order
     * @param reviews second reviews with two decisions, drawn or due by kind
     * @param agreed  those with decisions of the same kind
     * @param kappa   agreement of those that the draw chose
     */
    public record Compared(String name, long reviews, long agreed, Kappa kappa) {}

    /**
     * Decisions on calibration items.
     *
     * @param name    account name, or number of the item
     * @param answers decisions
     * @param agreed  those of the known kind
     */
    public record Calibrated(String name, long answers, long agreed) {
        /** Returns the 95 % interval (Wilson 1927) of the share of those of the known kind; both ends are from 0 to 1. */
        public Kappa.Interval interval() {
            Share share = Share.of(Math.toIntExact(agreed), Math.toIntExact(answers));
            return new Kappa.Interval(share.low(), share.high());
        }
    }

    /**
     * Returns the second reviews by lane, by name.
     *
     * @param hidden lanes to leave out
     */
    public List<Compared> byLane(Collection<String> hidden) {
        return compared("r.lane", "a.verdict", "b.verdict", hidden);
    }

    /**
     * Returns the second reviews by pair of reviewers, by name.
     *
     * @param hidden lanes to leave out
     */
    public List<Compared> byPair(Collection<String> hidden) {
        return compared(
                "least(a.reviewer, b.reviewer) || ', ' || greatest(a.reviewer, b.reviewer)",
                "case when a.reviewer <= b.reviewer then a.verdict else b.verdict end",
                "case when a.reviewer <= b.reviewer then b.verdict else a.verdict end",
                hidden);
    }

    private List<Compared> compared(String name, String one, String other, Collection<String> hidden) {
        record ComparisonRow(boolean sampled, Kappa.KindPair cell) {}
        Map<String, List<ComparisonRow>> byName = new TreeMap<>();
        jdbc.sql("""
                        select %s as name, r.sampled, %s as one, %s as other, count(*) as items
                          from second_review r
                          join decision a on a.id = r.first_decision
                          join decision b on b.id = r.second_decision
                         where r.second_at > :since and r.lane <> all(:hidden)
                         group by 1, 2, 3, 4 order by 1
                        """.formatted(name, one, other))
                .param("since", since())
                .param("hidden", hidden.toArray(String[]::new))
                .query(row -> {
                    byName.computeIfAbsent(row.getString("name"), key -> new ArrayList<>())
                            .add(new ComparisonRow(
                                    row.getBoolean("sampled"),
                                    new Kappa.KindPair(
                                            row.getString("one"), row.getString("other"), row.getLong("items"))));
                });
        return byName.entrySet().stream()
                .limit(LISTED)
                .map(each -> {
                    Kappa all = Kappa.of(
                            each.getValue().stream().map(ComparisonRow::cell).toList());
                    Kappa drawn = Kappa.of(each.getValue().stream()
                            .filter(ComparisonRow::sampled)
                            .map(ComparisonRow::cell)
                            .toList());
                    return new Compared(each.getKey(), all.items(), all.agreed(), drawn);
                })
                .toList();
    }

    /** Returns the decisions on copies of calibration items by reviewer, by name. */
    public List<Calibrated> byReviewer(Collection<String> hidden) {
        return calibrated("d.reviewer", hidden);
    }

    /** Returns the decisions of a reviewer on copies of calibration items. */
    public Calibrated of(String reviewer) {
        return byReviewer(List.of()).stream()
                .filter(each -> each.name().equals(reviewer))
                .findFirst()
                .orElse(new Calibrated(reviewer, 0, 0));
    }

    /** Returns the decisions on copies of each calibration item, by its number as text. */
    public List<Calibrated> byCalibrationItem(Collection<String> hidden) {
        return calibrated("c.item_id::text", hidden);
    }

    private List<Calibrated> calibrated(String name, Collection<String> hidden) {
        return jdbc.sql("""
                        select %s as name, count(*) as answers, count(*) filter (where d.verdict = c.answer) as agreed
                          from calibration c join item i on i.calibration_id = c.id join decision d on d.id = i.decision_id
                         where d.decided_at > :since and i.lane <> all(:hidden)
                         group by 1 order by 1 limit :limit
                        """.formatted(name))
                .param("since", since())
                .param("hidden", hidden.toArray(String[]::new))
                .param("limit", LISTED)
                .query((row, number) ->
                        new Calibrated(row.getString("name"), row.getLong("answers"), row.getLong("agreed")))
                .list();
    }

    /**
     * An item in use for calibration.
     *
     * @param itemId number of the item
     * @param answer the known answer
     */
    public record KnownItem(long itemId, DecisionKind answer) {}

    /** Returns the items in use for calibration, latest first. */
    public List<KnownItem> calibrationItems(Collection<String> hidden) {
        return jdbc.sql("""
                        select c.item_id, upper(c.answer) as answer from calibration c join item i on i.id = c.item_id
                         where c.retired_at is null and i.lane <> all(:hidden) order by c.id desc limit :limit
                        """)
                .param("hidden", hidden.toArray(String[]::new))
                .param("limit", LISTED)
                .query((row, number) ->
                        new KnownItem(row.getLong("item_id"), DecisionKind.valueOf(row.getString("answer"))))
                .list();
    }

    private OffsetDateTime since() {
        return clock.instant().minus(PERIOD).atOffset(ZoneOffset.UTC);
    }
}
