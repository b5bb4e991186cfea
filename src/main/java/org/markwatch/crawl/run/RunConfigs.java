package org.markwatch.crawl.run;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes table {@code run_config}: the job-config of the current run, for processes on other machines. */
public final class RunConfigs {
    private final JdbcClient jdbc;

    public RunConfigs(DataSource database) {
        this.jdbc = JdbcClient.create(database);
    }

    /**
     * A run that other processes may work on.
     *
     * @param run           id of the run
     * @param rulesetSha256 hex SHA-256 of the ruleset that it applies
     * @param files         the packed job-config
     */
    public record SharedRun(long run, String rulesetSha256, byte[] files) {}

    /** Stores the packed job-config of a run, and removes those of others. */
    public void save(long run, byte[] files) {
        jdbc.sql("delete from run_config where run_id <> ?").param(run).update();
        jdbc.sql("insert into run_config (run_id, files) values (?, ?)"
                        + " on conflict (run_id) do update set files = excluded.files")
                .params(run, files)
                .update();
    }

    /** Returns the run that goes on and has partitions that are not done; empty if there is none. */
    public Optional<SharedRun> current() {
        return jdbc.sql("""
                        select r.id, c.files,
                            (select e.ruleset_sha256 from run_execution e where e.run_id = r.id order by e.n desc limit 1) as ruleset
                        from run r join run_config c on c.run_id = r.id
                        where r.status = 'running' and not r.stop_requested and r.filled
                            and exists (select from crawl_partition p where p.run_id = r.id and not p.done)
                        order by r.id desc limit 1""")
                .query((row, number) ->
                        new SharedRun(row.getLong("id"), row.getString("ruleset"), row.getBytes("files")))
                .optional();
    }
}
