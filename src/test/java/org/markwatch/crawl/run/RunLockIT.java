package org.markwatch.crawl.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.database.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

@Timeout(60)
class RunLockIT {
    private static final Duration LONG = Duration.ofHours(1);

    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    @Test
    void isFreeForOthersWhenItsProcessHasBeenSilent() throws Exception {
        try (RunLock suspended = RunLock.acquire(database, Duration.ofMillis(100), LONG)) {
            RunLock next = null;
            while (next == null) {
                try {
                    next = RunLock.acquire(database);
                } catch (RunInProgressException e) {
                    TimeUnit.MILLISECONDS.sleep(10); // the time limit of the test bounds the wait
                }
            }
            next.close();
        }
    }

    @Test
    void usesItsSessionWhileTheProcessLives() throws Exception {
        try (RunLock lock = RunLock.acquire(database, LONG, Duration.ofMillis(10))) {
            Instant first = lastUse();
            while (!lastUse().isAfter(first)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThatThrownBy(() -> RunLock.acquire(database)).isInstanceOf(RunInProgressException.class);
        }
        RunLock.acquire(database).close();
    }

    private Instant lastUse() {
        return Objects.requireNonNull(jdbc.queryForObject("""
                        select state_change from pg_stat_activity where pid = (
                            select pid from pg_locks where locktype = 'advisory' and objsubid = 1
                                and database = (select oid from pg_database where datname = current_database()))""", OffsetDateTime.class))
                .toInstant();
    }
}
