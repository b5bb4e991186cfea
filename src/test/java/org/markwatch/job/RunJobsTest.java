package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunJobsTest {
    private final IllegalStateException rule = new IllegalStateException("a rule");
    private final IllegalStateException connection =
            new IllegalStateException("the crawl failed", new SQLException("terminated", "57P01"));

    @Test
    void explainsFailuresOfSeveralStepsByTheLostConnection() {
        assertThat(RunJobs.cause(List.of(rule, connection))).containsSame(connection);
    }
}
