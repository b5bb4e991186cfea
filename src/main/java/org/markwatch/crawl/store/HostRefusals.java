package org.markwatch.crawl.store;

import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.NamedInterface;

/**
 * How many URLs of a host were refused (table {@code host_refusal}), counted once when a run ends. Thread-safe.
 */
@NamedInterface("store")
public final class HostRefusals {
    private static final String OLD = """
            from host_refusal
             where run_id <= :last and regexp_replace(host, '^[a-z]+://|:[0-9]+$', '', 'g') <> all (:held)
            """;

    private final JdbcClient jdbc;

    /** Uses the transaction of the calling thread, if there is one. */
    public HostRefusals(DataSource database) {
        this.jdbc = JdbcClient.create(database);
    }

    /**
     * Refused URLs of a host.
     *
     * @param reason   kind of content, for example {@code image}; {@code address}, {@code scope}, {@code limit} or {@code disallowed}
     * @param urls     number of URLs, 1 or more; one that was refused for another reason later counts for both
     * @param firstRun first run that refused some
     * @param lastRun  last run that refused some for the first time
     */
    public record RefusalCount(String reason, long urls, long firstRun, long lastRun) {}

    /** Returns the refused URLs of a host by reason, most first. */
    public List<RefusalCount> of(String host) {
        return jdbc.sql("""
                        select reason, sum(urls) as urls, min(run_id) as first_run, max(run_id) as last_run
                          from host_refusal where host = ? group by reason order by urls desc, reason
                        """)
                .param(host)
                .query((row, number) -> new RefusalCount(
                        row.getString("reason"),
                        row.getLong("urls"),
                        row.getLong("first_run"),
                        row.getLong("last_run")))
                .list();
    }

    /** Counts the URLs that a run refused, without those that an earlier run had refused too; replaces earlier counts of it. */
    public void record(long runId) {
        jdbc.sql("delete from host_refusal where run_id = ?").param(runId).update();
        jdbc.sql("""
                        insert into host_refusal (host, run_id, reason, urls)
                        select host, run_id, case when disposition = 'disallowed' then disposition
                                                  else replace(lower(coalesce(kind, 'other_type')), '_', '-') end, count(*)
                          from page where run_id = ? and disposition in ('refused', 'disallowed') group by 1, 2, 3
                        """).param(runId).update();
    }

    /** Returns how many rows {@link #delete} would remove. */
    public long count(long lastRun, Collection<String> heldHosts) {
        return old("select count(*) ", lastRun, heldHosts).query(Long.class).single();
    }

    /**
     * Removes the counts of runs up to {@code lastRun}, except those of hosts under a legal hold.
     *
     * @return the number of rows removed
     */
    public long delete(long lastRun, Collection<String> heldHosts) {
        return old("delete ", lastRun, heldHosts).update();
    }

    private JdbcClient.StatementSpec old(String what, long lastRun, Collection<String> heldHosts) {
        return jdbc.sql(what + OLD).param("last", lastRun).param("held", heldHosts.toArray(String[]::new));
    }
}
