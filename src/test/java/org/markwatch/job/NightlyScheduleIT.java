package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.NightContext;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.report.RunFailures;
import org.markwatch.watchlist.Fault;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.springframework.context.ConfigurableApplicationContext;

@Timeout(120)
class NightlyScheduleIT {
    private static final ZoneId CHATHAM = ZoneId.of("Pacific/Chatham");

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final CountDownLatch read = new CountDownLatch(1);
    private ConfigurableApplicationContext context;
    private NightlySchedule schedule;

    @BeforeEach
    void start() throws WatchlistException {
        context = NightContext.scheduled(
                WatchlistReader.read(Path.of("job-config")),
                () -> {
                    read.countDown();
                    throw new WatchlistException(List.of(new Fault("markwatch.yaml", "", "", "must not be here")));
                },
                database);
        schedule = context.getBean(NightlySchedule.class);
    }

    @AfterEach
    void end() {
        context.close();
    }

    @Test
    void firesInConfiguredTimeZone() throws Exception {
        NextRun next = schedule.start(new Settings.ScheduleSettings("0 30 1 * * ?", CHATHAM))
                .orElseThrow();

        assertThat(next.at().atZone(CHATHAM).toLocalTime()).isEqualTo(LocalTime.of(1, 30));
        assertThat(next.at()).isAfter(Instant.now());
        assertThat(next.toString()).matches("[0-9-]{10} 01:30:00 Pacific/Chatham \\(UTC\\+1[23]:45\\)");
        assertThat(NextRun.of(database)).as("as other processes see it").contains(next);
    }

    @Test
    void neverFiresWithoutCronExpression() throws Exception {
        schedule.start(new Settings.ScheduleSettings("0 30 1 * * ?", CHATHAM));

        assertThat(schedule.start(new Settings.ScheduleSettings("", CHATHAM))).isEmpty();
        assertThat(context.getBean(Scheduler.class).checkExists(TriggerKey.triggerKey("nightly")))
                .isFalse();
    }

    @Test
    void keepsUnchangedTriggerWithItsMissedRuns() throws Exception {
        Scheduler scheduler = context.getBean(Scheduler.class);
        TriggerKey trigger = TriggerKey.triggerKey("nightly");
        schedule.start(new Settings.ScheduleSettings("0 30 1 * * ?", CHATHAM));
        scheduler.pauseTrigger(trigger); // a new trigger would not be paused

        schedule.start(new Settings.ScheduleSettings("0 30 1 * * ?", CHATHAM));
        assertThat(scheduler.getTriggerState(trigger)).isEqualTo(Trigger.TriggerState.PAUSED);

        NextRun next = schedule.start(new Settings.ScheduleSettings("0 45 1 * * ?", CHATHAM))
                .orElseThrow();
        assertThat(next.at().atZone(CHATHAM).getMinute()).isEqualTo(45);
    }

    @Test
    void resumesRunOfAProcessThatDied() throws Exception {
        new Runs(database).begin("0".repeat(64), Instant.now());

        schedule.start(new Settings.ScheduleSettings("0 30 1 1 1 ? 2099", CHATHAM));

        assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void leavesStoppedRunToTheSchedule() throws Exception {
        Runs runs = new Runs(database);
        runs.end(runs.begin("0".repeat(64), Instant.now()).id(), Runs.Status.STOPPED, Instant.now());

        schedule.start(new Settings.ScheduleSettings("0 30 1 1 1 ? 2099", CHATHAM));

        assertThat(context.getBean(NightlyJob.class).isInterrupted()).isFalse();
    }

    @Test
    void readsJobConfigWhenItFiresAndStartsNoRunIfItHasFaults() throws Exception {
        schedule.start(new Settings.ScheduleSettings("* * * * * ?", CHATHAM));

        assertThat(read.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(new Runs(database).latest()).isEmpty();
    }

    @Test
    void remembersWhyAScheduledRunDidNotStart() throws Exception {
        try (LogLines log = LogLines.of(NightLog.class)) {
            schedule.start(new Settings.ScheduleSettings("0 30 1 1 1 ? 2099", CHATHAM));
            context.getBean(Scheduler.class).triggerJob(JobKey.jobKey("nightly"));

            log.await("Next run: 2099-01-01 01:30:00 Pacific/Chatham (UTC+13:45)");
            assertThat(log.lines()).first().asString().startsWith("Scheduled run not started; fault in job-config: ");
        }
        RunFailures.RunFailure failure =
                context.getBean(RunFailures.class).last().orElseThrow();
        assertThat(failure.run()).isEmpty();
        assertThat(failure.reason()).startsWith("fault in job-config: markwatch.yaml");
    }

    @Test
    void showsThatSchedulersWorkOnADatabase() throws Exception {
        assertThat(ServeLock.isHeld(database)).isFalse();
        try (ServeLock first = ServeLock.acquire(database)) {
            try (ServeLock second = ServeLock.acquire(database)) {
                assertThat(ServeLock.isHeld(database)).isTrue();
            }
            assertThat(ServeLock.isHeld(database)).isTrue();
        }
        assertThat(ServeLock.isHeld(database)).isFalse();
    }

    @Test
    void followsAnotherScheduleWithoutARestart() throws Exception {
        schedule.start(new Settings.ScheduleSettings("0 30 1 1 1 ? 2099", CHATHAM));

        schedule.follow(new Settings.ScheduleSettings("0 15 4 * * ?", ZoneOffset.UTC));

        Settings.ScheduleSettings changed = new Settings.ScheduleSettings("0 15 4 * * ?", ZoneOffset.UTC);
        assertThat(NextRun.of(database).map(NextRun::at))
                .as("as other processes see it")
                .hasValue(ScheduleTimes.after(Instant.now(), changed, 1).getFirst());
        schedule.follow(new Settings.ScheduleSettings("", ZoneOffset.UTC));
        assertThat(NextRun.of(database)).isEmpty();
    }

    @Test
    void showsThatASchedulerIsSilent() throws Exception {
        try (ServeLock suspended = ServeLock.acquire(database, Duration.ofMillis(100), Duration.ofHours(1))) {
            while (ServeLock.isHeld(database)) {
                TimeUnit.MILLISECONDS.sleep(10); // the time limit of the test bounds the wait
            }
        }
    }

    @Test
    void sharesTheScheduleWithOtherProcesses() throws Exception {
        Scheduler scheduler = context.getBean(Scheduler.class);
        schedule.start(new Settings.ScheduleSettings("0 30 1 1 1 ? 2099", CHATHAM));

        assertThat(scheduler.getMetaData().isJobStoreClustered()).isTrue();
        assertThat(scheduler.getJobDetail(JobKey.jobKey("nightly")))
                .satisfies(job -> assertThat(job.requestsRecovery()).isTrue())
                .satisfies(
                        job -> assertThat(job.isConcurrentExecutionDisallowed()).isTrue());
    }
}
