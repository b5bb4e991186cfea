package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobInterruptedException;

class RunJobsTest {
    private final JobInterruptedException interrupted = new JobInterruptedException("partition 3");
    private final IllegalStateException rule = new IllegalStateException("a rule");
    private final IllegalStateException connection =
            new IllegalStateException("the crawl failed", new SQLException("terminated", "57P01"));

    @Test
    void explainsFailuresOfSeveralStepsByTheLostConnection() {
        assertThat(RunJobs.cause(List.of(interrupted, rule, connection, interrupted)))
                .containsSame(connection);
    }

    @Test
    void explainsInterruptedStepsByTheFailureThatInterruptedThem() {
        assertThat(RunJobs.cause(List.of(interrupted, rule))).containsSame(rule);
        assertThat(RunJobs.cause(List.of(interrupted))).containsSame(interrupted);
    }
}
