package org.markwatch.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds entries of the audit for people. Throws {@link org.springframework.dao.QueryTimeoutException} after five seconds.
 * Thread-safe.
 */
public final class AuditSearch {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** The item of an entry that is about one; in a CASE, because the order of conditions is not defined. */
    private static final String ITEM =
            "case when a.subject ~ '^item:[0-9]{1,18}$' then substring(a.subject from 6)::bigint end";

    private final JdbcClient jdbc;

    public AuditSearch(DataSource dataSource) {
        JdbcTemplate limited = new JdbcTemplate(dataSource);
        limited.setQueryTimeout((int) TIMEOUT.toSeconds());
        this.jdbc = JdbcClient.create(limited);
    }

    /**
     * Returns the latest entries within a filter whose number is below {@code before}, latest first. Leaves out entries
     * about items of hidden lanes.
     *
     * @param limit maximum number of entries, at least 1
     */
    public List<AuditEntry> page(AuditFilter filter, LaneAccess access, long before, int limit) {
        Map<String, Object> values = new HashMap<>();
        String condition = filter.condition(values);
        String visible = access.hidden().isEmpty()
                ? "true"
                : "not exists (select from item i where i.id = " + ITEM + " and not (" + access.condition(values)
                        + "))";
        values.put("before", before);
        values.put("limit", limit);
        return jdbc.sql("select a.seq, a.at, a.actor, a.action, a.subject, a.details, a.previous, a.sha256 from audit a"
                        + " where a.seq < :before and " + condition + " and " + visible
                        + " order by a.seq desc limit :limit")
                .params(values)
                .query(Audit::entry)
                .list();
    }
}
