package org.markwatch.score;

import java.util.Collection;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Deletes findings that no longer hold, in batches with a transaction each. Current findings stay. Thread-safe. */
public final class FindingRetention {
    private static final int BATCH = 2_000;
    /** Parameters: the run, host names, URLs. A finding without a host in its URL is never held by a host. */
    private static final String ENDED =
            "to_run <= ? and not (coalesce(substring(url from '^[a-z]+://([^/:?#]+|\\[[^]]+\\])'), '')"
                    + " = any (?) or url = any (?))";

    private final JdbcTemplate jdbc;

    /** Works on this database. */
    public FindingRetention(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /**
     * Returns how many findings {@link #delete} would delete.
     *
     * @param upTo  run by which the findings had ended
     * @param hosts host names that a legal hold covers
     * @param urls  URLs that a legal hold covers
     */
    public long count(long upTo, Collection<String> hosts, Collection<String> urls) {
        Long rows = jdbc.queryForObject(
                "select count(*) from finding where " + ENDED,
                Long.class,
                upTo,
                hosts.toArray(String[]::new),
                urls.toArray(String[]::new));
        return rows == null ? 0 : rows;
    }

    /** Deletes the findings that had ended by a run, with their matches and traits. Returns their number. */
    public long delete(long upTo, Collection<String> hosts, Collection<String> urls) {
        long deleted = 0;
        for (int rows = BATCH; rows == BATCH; ) {
            rows = jdbc.update(
                    "delete from finding where id in (select id from finding where " + ENDED + " limit " + BATCH + ")",
                    upTo,
                    hosts.toArray(String[]::new),
                    urls.toArray(String[]::new));
            deleted += rows;
        }
        return deleted;
    }
}
