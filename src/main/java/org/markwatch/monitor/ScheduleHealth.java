package org.markwatch.monitor;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.markwatch.crawl.run.Runs;
import org.markwatch.job.NextRun;
import org.markwatch.job.ServeLock;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether runs start by themselves: a process holds the lock of the schedule, and the next run is not overdue by more
 * than {@link #GRACE}. The next run may wait for one that is in progress.
 */
final class ScheduleHealth extends AbstractHealthIndicator {
    private static final Duration GRACE = Duration.ofMinutes(15);

    private final DataSource database;
    private final Clock clock;

    ScheduleHealth(DataSource database, Clock clock) {
        super("the schedule cannot be read");
        this.database = database;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Optional<NextRun> next = NextRun.of(database);
        boolean overdue = next.filter(run -> run.at().plus(GRACE).isBefore(clock.instant()))
                        .isPresent()
                && new Runs(database).active().isEmpty();
        health.status(ServeLock.isHeld(database) && !overdue ? "UP" : "DOWN")
                .withDetail("next", next.map(NextRun::toString).orElse("none"));
    }
}
