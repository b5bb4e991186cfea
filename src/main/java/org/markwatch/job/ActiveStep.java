package org.markwatch.job;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells which step of its job a run is in, whichever process works on it. */
public final class ActiveStep {
    private ActiveStep() {}

    /** Returns the name of the step that a run in progress is in: prepare, crawl, rescan, queue or report; empty between two. */
    public static Optional<String> of(DataSource database, long run) {
        return JdbcClient.create(database)
                .sql("""
                        select step_name from batch_step_execution
                         where status = 'STARTED' and job_execution_id = (
                               select max(job_execution_id) from batch_job_execution_params
                                where parameter_name = 'run' and parameter_value = ?)
                         order by step_execution_id limit 1""")
                .param(Long.toString(run))
                .query(String.class)
                .optional()
                // a partition has the name of its step, a colon and its own
                .map(name -> name.replaceFirst(":.*", ""));
    }
}
