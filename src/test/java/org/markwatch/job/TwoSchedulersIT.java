package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.markwatch.NightContext;
import org.markwatch.database.TestDatabase;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.springframework.context.ConfigurableApplicationContext;

/** Two {@code serve} on one database. */
class TwoSchedulersIT {
    private static final Settings.ScheduleSettings NEVER =
            new Settings.ScheduleSettings("0 30 1 1 1 ? 2099", ZoneOffset.UTC);

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final AtomicInteger starts = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void startOneRunWhenTwoPeoplePressStartAtOnce() throws Exception {
        Watchlist shipped = WatchlistReader.read(Path.of("job-config"));
        WatchlistSource source = () -> {
            starts.incrementAndGet();
            started.countDown();
            awaitEnd();
            throw new WatchlistException(List.of(new Fault("markwatch.yaml", "", "", "must not be here")));
        };
        try (ConfigurableApplicationContext first = NightContext.scheduled(shipped, source, database);
                ConfigurableApplicationContext second = NightContext.scheduled(shipped, source, database);
                ExecutorService people = Executors.newFixedThreadPool(2);
                LogLines log = LogLines.of(NightLog.class)) {
            NightlySchedule here = first.getBean(NightlySchedule.class);
            NightlySchedule there = second.getBean(NightlySchedule.class);
            assertThat(atOnce(people, () -> here.start(NEVER), () -> there.start(NEVER)))
                    .allMatch(Optional::isPresent);

            assertThat(atOnce(people, here::startNow, there::startNow)).containsExactlyInAnyOrder(true, false);
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(there.startNow()).as("while the run starts").isFalse();

            end.countDown();
            log.await("Next run");
            assertThat(first.getBean(Scheduler.class).getTriggersOfJob(JobKey.jobKey(NightlySchedule.NAME)))
                    .as("starts that wait beside the schedule")
                    .filteredOn(Trigger::mayFireAgain)
                    .hasSize(1);
            assertThat(starts).hasValue(1);
        }
    }

    private static <T> List<T> atOnce(ExecutorService people, Callable<T> here, Callable<T> there) throws Exception {
        List<Future<T>> results = people.invokeAll(List.of(here, there));
        return List.of(results.getFirst().get(), results.getLast().get());
    }

    private void awaitEnd() {
        try {
            assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
