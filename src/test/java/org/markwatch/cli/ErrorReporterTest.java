package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.run.Runs;
import org.markwatch.job.RunOutcome;

class ErrorReporterTest {
    private static final SQLException REFUSED = new SQLException("Connection to db:5432 refused.", "08001");

    @Test
    void namesTheRunThatFailedAndWhatToDoOnce() {
        assertThat(ErrorReporter.describe(failed(REFUSED, false)))
                .isEqualTo("run 7 failed, and the next 'run' without --new resumes it: the database cannot be reached"
                        + " (Connection to db:5432 refused.); stored data is not lost; check that it is running and that --db is"
                        + " correct");
        assertThat(ErrorReporter.describe(failed(new IllegalStateException("no room"), false)))
                .isEqualTo(
                        "run 7 failed, and the next 'run' without --new resumes it: no room; set MARKWATCH_TRACE=1 for the"
                                + " stack trace");
    }

    @Test
    void asksForNoRepetitionOfARunThatAnotherProcessHasTakenOver() {
        assertThat(ErrorReporter.describe(failed(REFUSED, true)))
                .startsWith("another process has taken over run 7 and continues it or has ended it")
                .contains("'markwatch status'")
                .doesNotContain("again", "resumes");
    }

    @Test
    void advisesNothingOfACommandWhereTheProcessTriesAgainByItself() {
        assertThat(ErrorReporter.describeToRetry(REFUSED))
                .endsWith("check that it is running and that --db is correct");
        assertThat(ErrorReporter.describeToRetry(new IllegalStateException("no room")))
                .isEqualTo("no room");
        assertThat(ErrorReporter.describeToRetry(new SQLException("out of shared memory", "53200")))
                .endsWith("free some");
    }

    private static RunVerb.RunFailedException failed(Exception cause, boolean takenOver) {
        return new RunVerb.RunFailedException(new RunOutcome(7, false, Runs.Status.FAILED, cause, takenOver), "run");
    }
}
