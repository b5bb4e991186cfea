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
     * @param epoch         epoch of its latest start
     * @param rulesetSha256 hex SHA-256 of the ruleset that it applies
     * @param files         the packed job-config
     */
    public record SharedRun(long run, int epoch, String rulesetSha256, byte[] files) {}

    /** Removes all job-configs. Must precede a start of a run, so that no process joins it with the job-config of an earlier one. */
    public void withdraw() {
        jdbc.sql("delete from run_config").update();
    }

    /** Stores the packed job-config of a run. */
    public void save(long run, byte[] files) {
        jdbc.sql("insert into run_config (run_id, files) values (?, ?)")
                .params(run, files)
                .update();
    }

    /** Returns the run that goes on and has partitions that are not done; empty if there is none. */
    public Optional<SharedRun> current() {
        return jdbc.sql("""
                        select r.id, r.epoch, c.files,
                            (select e.ruleset_sha256 from run_execution e where e.run_id = r.id order by e.n desc limit 1) as ruleset
                        from run r join run_config c on c.run_id = r.id
                        where r.status = 'running' and not r.stop_requested
                            and exists (select from crawl_partition p where p.run_id = r.id and not p.done)
                        order by r.id desc limit 1""")
                .query((row, number) -> new SharedRun(
                        row.getLong("id"), row.getInt("epoch"), row.getString("ruleset"), row.getBytes("files")))
                .optional();
    }

    /** Returns whether a start of a run goes on. */
    public boolean isOffered(SharedRun offer) {
        return jdbc.sql("""
                        select exists (select from run r join run_config c on c.run_id = r.id
                            where r.id = ? and r.epoch = ? and r.status = 'running' and not r.stop_requested)""")
                .params(offer.run(), offer.epoch())
                .query(Boolean.class)
                .single();
    }
}
