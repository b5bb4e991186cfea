package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.NightContext;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.Pages;
import org.markwatch.crawl.RunUnderWayException;
import org.markwatch.crawl.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.demo.Request;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** How a night is stopped, gone on with and kept from overlapping, over a small generated web. */
class NightlyIT {
    private static final int PAGES = 60;
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final SyntheticWeb web = SyntheticWeb.start(new SyntheticWeb.Plan(2, PAGES / 2, 1024, 5));
    private Watchlist watchlist;
    private ConfigurableApplicationContext context;
    private Nightly nightly;

    NightlyIT() throws IOException {}

    @BeforeEach
    void start() throws IOException, WatchlistException {
        watchlist = watchlist(20);
        context = NightContext.start(watchlist, database);
        nightly = context.getBean(Nightly.class);
    }

    @AfterEach
    void end() {
        context.close();
        web.close();
    }

    @Test
    void goesOnWithAStoppedRunAndAsksForNoStoredPageAgain() throws Exception {
        CompletableFuture<Nightly.Outcome> run = inBackground();
        awaitPages(10);
        nightly.stop();
        Nightly.Outcome stopped = run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        List<String> stored = pages(stopped.run());

        Nightly.Outcome resumed = nightly.run(watchlist, false);

        assertThat(stopped.status()).isEqualTo(Runs.Status.STOPPED);
        assertThat(stored).hasSizeLessThan(PAGES);
        assertThat(resumed.run()).isEqualTo(stopped.run());
        assertThat(resumed.resumed()).isTrue();
        assertThat(resumed.status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(pages(resumed.run())).doesNotHaveDuplicates().hasSize(PAGES);
        assertThat(stored).allSatisfy(url -> assertThat(asked(url)).isOne());
    }

    @Test
    void beginsANewRunBesideAnUnfinishedOneWhenItIsToldTo() throws Exception {
        CompletableFuture<Nightly.Outcome> run = inBackground();
        awaitPages(5);
        nightly.stop();
        Nightly.Outcome stopped = run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        Nightly.Outcome fresh = nightly.run(watchlist, true);

        assertThat(fresh.run()).isGreaterThan(stopped.run());
        assertThat(fresh.resumed()).isFalse();
        assertThat(pages(fresh.run())).hasSize(PAGES);
    }

    @Test
    void refusesASecondRunWhileOneIsUnderWay() throws Exception {
        CompletableFuture<Nightly.Outcome> run = inBackground();
        awaitPages(1);

        assertThatThrownBy(() -> nightly.run(watchlist, false)).isInstanceOf(RunUnderWayException.class);

        nightly.stop();
        assertThat(run.get(PATIENCE_SECONDS, TimeUnit.SECONDS).status()).isEqualTo(Runs.Status.STOPPED);
    }

    @Test
    void goesOnByItselfWhenItsDatabaseWasRestarted() throws Exception {
        CompletableFuture<Nightly.Outcome> run = inBackground();
        awaitPages(10);
        cutSessionsOff();

        Nightly.Outcome outcome = run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(outcome.resumed()).isTrue();
        assertThat(pages(outcome.run())).doesNotHaveDuplicates().hasSize(PAGES);
    }

    /** As a restart of PostgreSQL does. */
    private void cutSessionsOff() {
        new JdbcTemplate(database).execute("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()""");
    }

    private CompletableFuture<Nightly.Outcome> inBackground() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return nightly.run(watchlist, false);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    /** Pages asked for, as the web counts them; bounded, so that a run that does nothing fails the test. */
    private void awaitPages(int pages) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (web.requests().count(Request.Kind.PAGE) < pages || nightly.progress() == null) {
            assertThat(System.nanoTime()).as("pages asked for in time").isLessThan(end);
            Thread.onSpinWait();
        }
        Crawl.Progress progress = nightly.progress();
        assertThat(progress).isNotNull();
    }

    private List<String> pages(long run) {
        List<String> pages = new ArrayList<>();
        new Pages(database).forEach(run, page -> pages.add(page.url()));
        return pages;
    }

    private long asked(String url) {
        String host = url.replaceFirst("http://([^/]*)/.*", "$1");
        return web.requests().count(host, url.substring("http://".length() + host.length()));
    }

    private Watchlist watchlist(int delayMillis) throws IOException, WatchlistException {
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: %dms
                  max-depth: 20
                  allowed-private-ranges: [127.0.0.0/8]
                """.formatted(
                        Path.of("job-config").toAbsolutePath(), delayMillis));
        Files.writeString(folder.resolve("seeds.csv"), "url\n" + String.join("\n", web.seeds()) + "\n");
        return WatchlistReader.read(folder).resolving(web.resolve());
    }
}
