package org.markwatch.queue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds entries of the audit for people. Throws {@link org.springframework.dao.QueryTimeoutException} after five seconds.
 * Thread-safe.
 */
public final class AuditSearch {
    private final JdbcClient jdbc;

    public AuditSearch(DataSource dataSource) {
        this.jdbc = ScreenQueries.client(dataSource);
    }

    /**
     * Returns the latest entries within a filter whose number is below {@code before}, latest first. Leaves out entries
     * about hidden lanes. Entries that could tell the reader the first decision on an item that the reader may decide a
     * second time are {@linkplain AuditEntry#isWithheld withheld}; filters by actor, action or subject do not find them. Of
     * searches that could find items of a lane hidden from the reader, the details are {@code {"filter":"withheld"}}.
     *
     * @param limit maximum number of entries, at least 1
     */
    public List<AuditEntry> page(AuditFilter filter, AuditReader reader, long before, int limit) {
        Map<String, Object> values = new HashMap<>();
        String condition = filter.condition(values);
        values.put("before", before);
        values.put("limit", limit);
        return jdbc.sql("""
                        select a.seq, a.at, case when w.withheld then '' else a.actor end as actor,
                               case when w.withheld then '' else a.action end as action,
                               case when w.withheld then '' else a.subject end as subject,
                               case when w.withheld then '{}' when %s then '{"filter":"withheld"}' else a.details end as details, a.previous, a.sha256
                          from audit a cross join lateral (select %s as withheld offset 0) w
                         where a.seq < :before and %s and %s and %s order by a.seq desc limit :limit
                        """.formatted(
                                reader.searchedHidden(values),
                                reader.withheld(values),
                                condition,
                                reader.visible(values),
                                filter.readsContent() ? "not w.withheld" : "true"))
                .params(values)
                .query(Audit::entry)
                .list();
    }
}
