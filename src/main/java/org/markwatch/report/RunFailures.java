package org.markwatch.report;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.ScreenQueries;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the latest failures of runs and of the schedule (table {@code run_failure}). Thread-safe. */
public final class RunFailures {
    private static final int KEPT = 100;
    private static final int MAX_LENGTH = 1000;

    private final JdbcClient jdbc;
    /** For queries of screens, which end after {@link ScreenQueries#TIMEOUT}. */
    private final JdbcClient screen;

    private final Clock clock;

    /** Uses the transaction of the calling thread, if there is one. */
    public RunFailures(DataSource database, Clock clock) {
        this.jdbc = JdbcClient.create(database);
        this.screen = ScreenQueries.client(database);
        this.clock = clock;
    }

    /**
     * A failure.
     *
     * @param at     when it happened
     * @param run    the run that failed; empty for a scheduled run that did not start
     * @param reason why, in one line; it may contain text of crawled pages
     */
    public record RunFailure(Instant at, OptionalLong run, String reason) {}

    /** Records that a run failed. */
    public void record(long run, Throwable cause) {
        add(run, describe(cause));
    }

    /**
     * Records that a scheduled run did not start.
     *
     * @param reason why, as text for people; at most {@value #MAX_LENGTH} characters are kept
     */
    public void recordNotStarted(String reason) {
        add(null, reason);
    }

    /** Returns the last failure. */
    public Optional<RunFailure> last() {
        return screen.sql("select at, run_id, reason from run_failure order by id desc limit 1")
                .query((row, number) -> {
                    Long run = row.getObject("run_id", Long.class);
                    return new RunFailure(
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            run == null ? OptionalLong.empty() : OptionalLong.of(run),
                            row.getString("reason"));
                })
                .optional();
    }

    private void add(@Nullable Long run, String reason) {
        String line = reason.replace('\0', ' ').replaceAll("\\R", " ");
        jdbc.sql("insert into run_failure (at, run_id, reason) values (:at, :run, :reason)")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("run", run)
                .param("reason", line.substring(0, Math.min(MAX_LENGTH, line.length())))
                .update();
        jdbc.sql("delete from run_failure where id <= (select max(id) from run_failure) - ?")
                .param(KEPT)
                .update();
    }

    /** Returns the class and the message of the first cause. */
    private static String describe(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
