package org.markwatch.queue.precision;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ScreenQueries;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts the items of a rule and the decisions on them (tables {@code item}, {@code decision}). Items whose text was
 * purged do not count, because their evidence is gone. Throws {@link org.springframework.dao.QueryTimeoutException} after
 * five seconds. Thread-safe.
 */
public final class RulePrecision {
    /** Open items above this number are not counted. */
    public static final int MOST_COUNTED = 10_000;

    private final JdbcClient jdbc;

    public RulePrecision(DataSource dataSource) {
        this.jdbc = ScreenQueries.client(dataSource);
    }

    /**
     * Returns the precision of a rule in the lanes that an account may see.
     *
     * @param rule {@code id@version}; other versions of an indicator are other rules
     */
    public Precision of(String rule, LaneAccess access) {
        Map<String, Object> values = new HashMap<>();
        values.put("rules", new String[] {rule});
        values.put("most", MOST_COUNTED + 1);
        values.put("falsePositive", DecisionKind.FALSE_POSITIVE.label());
        values.put(
                "misuse",
                Arrays.stream(DecisionKind.values())
                        .filter(DecisionKind::hasSeverity)
                        .map(DecisionKind::label)
                        .toArray(String[]::new));
        String withRule = "item_rules(i.evidence) @> cast(:rules as text[]) and " + access.condition(values);
        return jdbc.sql("""
                        select (select count(*) from (
                                    select from item i where i.state in ('new', 'reopened') and %1$s limit :most) o) as open,
                               count(*) as decided,
                               count(*) filter (where d.verdict = any(:misuse)) as confirmed,
                               count(*) filter (where d.verdict = :falsePositive) as false_positives
                          from item i join decision d on d.id = i.decision_id
                         where i.state = 'decided' and %1$s""".formatted(withRule))
                .params(values)
                .query(Precision.class)
                .single();
    }
}
