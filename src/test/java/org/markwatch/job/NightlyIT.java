package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.GatedWeb;
import org.markwatch.NightContext;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.RunInProgressException;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.database.TestDatabase;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Stop, resume and mutual exclusion of runs over a small generated web. */
class NightlyIT {
    private static final int PAGES = 60;
    private static final int PATIENCE_MILLIS = 120_000;

    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final GatedWeb web = new GatedWeb(new SyntheticWeb.Plan(2, PAGES / 2, 1024, 5));
    private Watchlist watchlist;
    private ConfigurableApplicationContext context;
    private NightlyJob nightly;
    private final List<RunStart> starts = new ArrayList<>();

    NightlyIT() throws IOException {}

    @BeforeEach
    void start() throws IOException, WatchlistException {
        watchlist = watchlist(web.web().seeds());
        context = NightContext.start(watchlist, database);
        nightly = context.getBean(NightlyJob.class);
    }

    @AfterEach
    void end() {
        context.close();
        web.close();
    }

    @Test
    void resumesStoppedRunWithoutFetchingStoredPagesAgain() throws Exception {
        RunOutcome stopped = stopAfter(10);
        List<String> stored = pages(stopped.run());

        RunOutcome resumed = nightly.run(watchlist, false);

        assertThat(stopped.status()).isEqualTo(Runs.Status.STOPPED);
        assertThat(stored).hasSizeBetween(10, 12);
        assertThat(resumed.run()).isEqualTo(stopped.run());
        assertThat(resumed.resumed()).isTrue();
        assertThat(resumed.status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(pages(resumed.run())).doesNotHaveDuplicates().hasSize(PAGES);
        assertThat(stored).allSatisfy(url -> assertThat(requests(url)).isOne());
    }

    @Test
    void queuesHitsWhileTheCrawlGoesOnAndLosesOrDoublesNoneWhenItResumes() throws Exception {
        RunOutcome stopped = stopAfter(PAGES / 2);
        List<String> early = itemUrls();

        RunOutcome resumed = nightly.run(watchlist, false);

        assertThat(stopped.status()).isEqualTo(Runs.Status.STOPPED);
        assertThat(early).isNotEmpty();
        assertThat(resumed.status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(itemUrls())
                .containsAll(early)
                .containsExactlyInAnyOrderElementsOf(web.web().markedPages().toList());
        RunSummary summary = context.getBean(Reports.class).find(resumed.run()).orElseThrow();
        assertThat(summary.items().added()).isEqualTo(web.web().markedPages().count());
    }

    @Test
    void tellsWhatIsLeftOfAResumedRun() throws Exception {
        RunOutcome stopped = stopAfter(10);

        nightly.run(watchlist, ResumePolicy.IF_FIT, starts::add);

        RunStart start = starts.getFirst();
        assertThat(start.run().id()).isEqualTo(stopped.run());
        assertThat(start.progress().done()).isBetween(10L, 12L);
        assertThat(start.progress().known()).isGreaterThan(start.progress().done());
        assertThat(start.toString())
                .matches("Run 1 of [0-9-]{10} [0-9:]{5} UTC is resumed \\(start 2\\): "
                        + (start.progress().known() - start.progress().done()) + " of "
                        + start.progress().known() + " known URLs are left[.]");
    }

    @Test
    void leavesUnfinishedRunOfOtherSeeds() throws Exception {
        RunOutcome stopped = stopAfter(5);
        Watchlist other = watchlist(web.web().seeds().subList(0, 1));

        RunOutcome fresh = nightly.run(other, ResumePolicy.IF_FIT, starts::add);

        assertThat(fresh.run()).isGreaterThan(stopped.run());
        assertThat(starts.getFirst().toString())
                .contains("is left unfinished: 1 of its 2 seeds are not configured", "Run 2 begins.");
    }

    @Test
    void resumesUnfinishedRunOfOtherSeedsOnRequest() throws Exception {
        RunOutcome stopped = stopAfter(5);
        Watchlist other = watchlist(web.web().seeds().subList(0, 1));

        RunOutcome resumed = nightly.run(other, ResumePolicy.ALWAYS, starts::add);

        assertThat(resumed.run()).isEqualTo(stopped.run());
    }

    @Test
    void resumesUnfinishedRunWithMoreSeeds() throws Exception {
        watchlist = watchlist(web.web().seeds().subList(0, 1));
        RunOutcome stopped = stopAfter(5);

        RunOutcome resumed = nightly.run(watchlist(web.web().seeds()), false);

        assertThat(resumed.run()).isEqualTo(stopped.run());
        assertThat(pages(resumed.run())).hasSize(PAGES);
    }

    @Test
    void startsNewRunDespiteUnfinishedOneOnRequest() throws Exception {
        RunOutcome stopped = stopAfter(5);

        RunOutcome fresh = nightly.run(watchlist, true);

        assertThat(fresh.run()).isGreaterThan(stopped.run());
        assertThat(fresh.resumed()).isFalse();
        assertThat(pages(fresh.run())).hasSize(PAGES);
    }

    @Test
    void namesTheRulesetOfEachExecution() throws Exception {
        RunOutcome stopped = stopAfter(5);
        new JdbcTemplate(database).update("update run_execution set ruleset_sha256 = 'other'");

        RunOutcome resumed = nightly.run(watchlist, false);

        assertThat(resumed.run()).isEqualTo(stopped.run());
        assertThat(context.getBean(Reports.class)
                        .find(resumed.run())
                        .orElseThrow()
                        .rulesets())
                .containsExactly("other", watchlist.rulesetSha256());
        assertThat(new JdbcTemplate(database)
                        .queryForList(
                                "select details from audit where action = 'run.attest' order by seq", String.class))
                .last()
                .asString()
                .contains("\"rulesets\":\"other " + watchlist.rulesetSha256() + "\"");
    }

    @Test
    void leavesUnfinishedRunOfLongAgo() throws Exception {
        RunOutcome stopped = stopAfter(5);
        new JdbcTemplate(database).update("update run set started_at = started_at - interval '73 hours'");

        RunOutcome fresh = nightly.run(watchlist, false);

        assertThat(fresh.resumed()).isFalse();
        assertThat(fresh.run()).isGreaterThan(stopped.run());
        assertThat(pages(fresh.run())).hasSize(PAGES);
    }

    @Test
    void talliesHeldBackPagesThatDidNotChange() throws Exception {
        web.open();
        RunOutcome first = nightly.run(watchlist, true);
        new JdbcTemplate(database).update("""
                        insert into finding (url_sha256, from_run, url, title, language, score, severity, lane, flagged, suppressed,
                                             brand_uses, reasons, ruleset_sha256, evidence_sha256, matches, held_back, held_points)
                        values (sha256('held'), ?, 'http://held.example/', '', '', 0, 'low', 'other', false, '',
                                '[{"brand": "visa", "kind": "MENTION"}]', '[]', '', '', 0, 'mention', 0)
                        """, first.run() + 1);

        RunOutcome second = nightly.run(watchlist, true);
        RunOutcome third = nightly.run(watchlist, true);

        HeldBackPages held = context.getBean(HeldBackPages.class);
        assertThat(held.counts(second.run())).containsEntry("mention", 1L);
        assertThat(held.counts(third.run())).isEqualTo(held.counts(second.run()));
    }

    @Test
    void endsWorkerOfTheRunBeforeTheQueueStep() throws Exception {
        web.open();
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute("create table seen (workers bigint)");
        jdbc.execute("""
                create function see() returns trigger language plpgsql as $$
                begin
                    insert into seen select count(*) from worker;
                    return null;
                end $$""");
        jdbc.execute("create trigger see after insert on queue_progress for each statement execute function see()");

        nightly.run(watchlist, true);

        assertThat(jdbc.queryForList("select workers from seen", Long.class)).containsExactly(0L);
    }

    @Test
    void refusesSecondRunWhileOneIsActive() throws Exception {
        web.openForPages(1);
        CompletableFuture<RunOutcome> run = inBackground();
        assertThat(web.awaitBlockedRequest(PATIENCE_MILLIS)).isTrue();

        assertThatThrownBy(() -> nightly.run(watchlist, false)).isInstanceOf(RunInProgressException.class);

        nightly.stop();
        web.open();
        assertThat(run.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).status()).isEqualTo(Runs.Status.STOPPED);
    }

    @Test
    @Timeout(60)
    void acceptsStopWhileTheFrontierIsFilled() throws Exception {
        web.open();
        JdbcTemplate jdbc = new JdbcTemplate(database);
        CompletableFuture<RunOutcome> run;
        try (Connection blocker = database.getConnection();
                Statement lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            lock.execute("lock table frontier in access exclusive mode");
            run = inBackground();
            while (jdbc.queryForList("select from pg_locks where relation = 'frontier'::regclass and not granted")
                    .isEmpty()) {
                Thread.onSpinWait();
            }
            nightly.stop();
            assertThat(nightly.progress()).isNull();
        }

        assertThat(run.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).status()).isEqualTo(Runs.Status.STOPPED);
    }

    @Test
    void leavesTheRunAndItsEndToTheProcessThatHasTakenItOver() throws Exception {
        web.openForPages(1);
        CompletableFuture<RunOutcome> run = inBackground();
        assertThat(web.awaitBlockedRequest(PATIENCE_MILLIS)).isTrue();
        try (LogLines log = LogLines.of(RunLog.class)) {
            // as a process that resumes and completes the run while this one is suspended
            RunFence.take(database, 1);
            new JdbcTemplate(database).update("update run set status = 'complete', ended_at = now()");
            context.getBean(Reports.class).close(1, 2);

            RunOutcome outcome = run.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(outcome.failure()).hasStackTraceContaining("run 1 has been taken over by another process");
            log.await("Run 1 has been taken over by another process");
            assertThat(log.lines()).noneMatch(line -> line.startsWith("Run 1 complete"));
        }
    }

    @Test
    void resumesByItselfAfterDatabaseRestart() throws Exception {
        cutSessionsOffAfter(10);

        RunOutcome outcome = nightly.run(watchlist, false);

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(outcome.resumed()).isTrue();
        assertThat(pages(outcome.run())).doesNotHaveDuplicates().hasSize(PAGES);
    }

    @Test
    void resumesByItselfAfterItsLeaseHasEnded() throws Exception {
        web.openForPages(5);
        CompletableFuture<RunOutcome> run = inBackground();
        assertThat(web.awaitBlockedRequest(PATIENCE_MILLIS)).isTrue();

        new JdbcTemplate(database).update("update worker set lease_until = now()"); // as after a suspension
        web.open();

        RunOutcome outcome = run.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(outcome.failure()).isNull();
        assertThat(outcome.status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(pages(outcome.run())).doesNotHaveDuplicates().hasSize(PAGES);
    }

    @Test
    void beginsNoOtherRunWhenAnotherProcessHasEndedThatWhoseLeaseWasLost() throws Exception {
        web.openForPages(5);
        CompletableFuture<RunOutcome> run = inBackground();
        assertThat(web.awaitBlockedRequest(PATIENCE_MILLIS)).isTrue();
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute("""
                create function take_over() returns trigger language plpgsql as $$
                begin
                    new.status = 'complete';
                    new.epoch = new.epoch + 1;
                    return new;
                end $$""");
        jdbc.execute("""
                create trigger take_over before update of status on run for each row when (new.status = 'failed')
                execute function take_over()""");

        jdbc.update("update worker set lease_until = now()"); // as after a suspension

        RunOutcome outcome = run.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(outcome.takenOver()).isTrue();
        assertThat(new Runs(database).latest())
                .hasValueSatisfying(latest -> assertThat(latest.id()).isEqualTo(outcome.run()));
    }

    @Test
    void asksOtherProcessesToStopWhenItFails() throws Exception {
        web.open();
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute("alter table finding add constraint broken check (false)");

        RunOutcome outcome = nightly.run(watchlist, false);

        assertThat(outcome.failure()).hasStackTraceContaining("broken");
        assertThat(jdbc.queryForObject("select stop_requested from run", Boolean.class))
                .isTrue();
    }

    /** Terminates all sessions once, as a restart of PostgreSQL does, in the middle of a transaction of the run. */
    private void cutSessionsOffAfter(int pages) {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute("create sequence cut"); // a rollback does not reset a sequence
        jdbc.execute("""
                create function cut_off() returns trigger language plpgsql as $$
                begin
                    if (select count(*) from page) >= %d then
                        if nextval('cut') = 1 then
                            perform pg_terminate_backend(pid, 60000) from pg_stat_activity
                            where datname = current_database() and pid <> pg_backend_pid();
                            perform pg_terminate_backend(pg_backend_pid());
                        end if;
                    end if;
                    return null;
                end $$""".formatted(pages));
        jdbc.execute("create trigger cut_off after insert on page for each statement execute function cut_off()");
    }

    /** Starts a run and stops it while it waits for a page after the given number of pages. */
    private RunOutcome stopAfter(int pages) throws Exception {
        web.openForPages(pages);
        CompletableFuture<RunOutcome> run = inBackground();
        assertThat(web.awaitBlockedRequest(PATIENCE_MILLIS)).isTrue();
        nightly.stop();
        web.open(); // lets the requests in flight finish
        return run.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<RunOutcome> inBackground() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return nightly.run(watchlist, false);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private List<String> itemUrls() {
        return new JdbcTemplate(database).query("select url from item", (row, number) -> row.getString(1));
    }

    private List<String> pages(long run) {
        List<String> pages = new ArrayList<>();
        new DispositionStore(database).forEach(run, page -> pages.add(page.url()));
        return pages;
    }

    private long requests(String url) {
        String host = url.replaceFirst("http://([^/]*)/.*", "$1");
        String path = url.substring("http://".length() + host.length());
        return web.of(host).stream()
                .filter(exchange -> exchange.path().equals(path))
                .count();
    }

    private Watchlist watchlist(List<String> seeds) throws IOException, WatchlistException {
        web.writeConfig(folder, "", seeds);
        return WatchlistReader.read(folder);
    }
}
