package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.GatedWeb;
import org.markwatch.NightContext;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.notify.RunNotices;
import org.markwatch.queue.SettableClock;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs of the schedule around a black-out from 08:00 to 18:00 UTC. */
class BlackOutIT {
    private static final Instant BEFORE = Instant.parse("2026-11-30T01:00:00Z");
    private static final Instant WITHIN = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant END = Instant.parse("2026-11-30T18:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final SettableClock clock = new SettableClock();
    private final Runs runs = new Runs(database);
    private final GatedWeb web = new GatedWeb(new SyntheticWeb.Plan(2, 10, 1024, 5));
    private Watchlist watchlist;
    private ConfigurableApplicationContext context;
    private Scheduler scheduler;

    BlackOutIT() throws IOException {}

    @BeforeEach
    void start() throws Exception {
        web.writeConfig(
                folder, "schedule: {black-outs: [daily 08:00-18:00]}", web.web().seeds());
        watchlist = WatchlistReader.read(folder);
        context = NightContext.scheduled(watchlist, () -> watchlist, database);
        context.getBean(NightlySchedule.class)
                .start(new Settings.ScheduleSettings("0 30 1 1 1 ? 2099", ZoneOffset.UTC));
        scheduler = context.getBean(Scheduler.class);
    }

    @AfterEach
    void end() {
        context.close();
        web.close();
    }

    @Test
    void putsOffRunThatIsDueInIt() throws Exception {
        web.open();
        at(WITHIN).execute(StartCause.SCHEDULE, scheduler);

        assertThat(runs.latest()).isEmpty();
        assertThat(startAfterBlackOut(StartCause.SCHEDULE)).isEqualTo(END);

        at(END).execute(StartCause.SCHEDULE, scheduler);
        assertThat(runs.latest().orElseThrow().status()).isEqualTo(Runs.Status.COMPLETE);
    }

    @Test
    void stopsRunWhenItBeginsAndResumesThatRunWhenItEnds() throws Exception {
        web.openForPages(5);
        try (LogLines log = LogLines.of(NightLog.class)) {
            CompletableFuture<Void> run = inBackground();
            assertThat(web.awaitBlockedRequest((int) PATIENCE.toMillis())).isTrue();
            at(WITHIN);
            log.await("A black-out of the schedule has begun");
            web.open();
            run.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
        assertThat(runs.latest().orElseThrow().status()).isEqualTo(Runs.Status.STOPPED);
        assertThat(startAfterBlackOut(StartCause.AFTER_BLACK_OUT)).isEqualTo(END);

        at(END).execute(StartCause.AFTER_BLACK_OUT, scheduler);
        at(END).execute(StartCause.AFTER_BLACK_OUT, scheduler); // nothing is left to resume

        assertThat(runs.latest().orElseThrow().id()).isOne();
        assertThat(runs.latest().orElseThrow().status()).isEqualTo(Runs.Status.COMPLETE);
    }

    @Test
    void doesNotHinderPeople() throws Exception {
        web.open();
        at(WITHIN).execute(StartCause.PERSON, scheduler);

        assertThat(runs.latest().orElseThrow().status()).isEqualTo(Runs.Status.COMPLETE);
    }

    private NightlyTrigger at(Instant time) {
        clock.advance(Duration.between(clock.instant(), time));
        return new NightlyTrigger(
                context.getBean(NightlyJob.class),
                () -> watchlist,
                context.getBean(NightLog.class),
                context.getBean(RunNotices.class),
                clock);
    }

    private CompletableFuture<Void> inBackground() {
        NightlyTrigger trigger = at(BEFORE);
        return CompletableFuture.runAsync(() -> {
            try {
                trigger.execute(StartCause.SCHEDULE, scheduler);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private Instant startAfterBlackOut(StartCause cause) throws SchedulerException {
        return scheduler
                .getTrigger(TriggerKey.triggerKey("black-out-" + cause.name().toLowerCase(Locale.ROOT)))
                .getNextFireTime()
                .toInstant();
    }
}
