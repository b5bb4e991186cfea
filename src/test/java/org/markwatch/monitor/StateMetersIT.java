package org.markwatch.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.Crawl.CrawlProgress;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.WorkerLease;
import org.markwatch.crawl.run.RunLock;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.job.CommitMeter;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.QueueProgress;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.springframework.jdbc.core.simple.JdbcClient;

class StateMetersIT {
    private final DataSource database = TestDatabase.fresh();
    private final SettableClock clock = new SettableClock();
    private final Runs runs = new Runs(database);
    private final ReviewQueue queue = new ReviewQueue(
            database,
            new Audit(database, clock),
            new QueuePolicy(List.of("low", "medium", "high"), Duration.ofMinutes(15), 0),
            clock);
    private final AtomicReference<LaneAccess> hidden = new AtomicReference<>(new LaneAccess(Set.of("child-safety")));
    private final StateMeters meters = new StateMeters(
            database,
            runs,
            new Items(database, clock),
            this::lanes,
            new QueueProgress(database, clock),
            () -> new CrawlProgress(1, 2, 3, 2, ""),
            new CommitMeter(),
            clock,
            Duration.ofSeconds(15));
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private boolean broken;

    private LaneAccess lanes() {
        if (broken) {
            throw new IllegalStateException("made up by the test");
        }
        return hidden.get();
    }

    /** Returns the metrics that the alerts and the dashboard of the archive read. */
    private static Set<String> metricsOfMonitoringFiles() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String file : List.of("alerts.yml", "dashboard.json")) {
            Pattern.compile("markwatch_\\w+")
                    .matcher(Files.readString(Path.of("src/main/package/monitoring", file)))
                    .results()
                    .forEach(name -> names.add(name.group()));
        }
        return names;
    }

    @AfterEach
    void stop() {
        meters.destroy();
    }

    @Test
    void showsTheRunInProgressAndTheQueueWithoutLanesThatAreRestrictedNow() throws Exception {
        long run = runs.begin("ab".repeat(32), clock.instant()).id();
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql(
                        "insert into run_count values (?, 'page', 'not-modified', 5), (?, 'refused', 'OTHER_TYPE', 2), (?, 'bytes', 'text/html', 99)")
                .params(run, run, run)
                .update();
        jdbc.sql("insert into seed (url) values ('https://shop.example/')").update();
        jdbc.sql("insert into run_seed (run_id, seed, known, done) select ?, id, 9, 4 from seed")
                .param(run)
                .update();
        queue.admit(
                run,
                List.of(
                        SampleFindings.flagged("https://one.example/", "high", "payment", 60),
                        SampleFindings.flagged("https://two.example/", "high", "child-safety", 60)));
        clock.advance(Duration.ofHours(2));
        jdbc.sql("insert into crawl_partition (run_id, number, done) values (?, 1, false), (?, 2, false), (?, 3, true)")
                .params(run, run, run)
                .update();
        Partitions partitions = new Partitions(database);

        try (RunLock working = RunLock.acquire(database);
                WorkerLease waiting = WorkerLease.take(database, System::nanoTime);
                WorkerLease lease = WorkerLease.take(database, System::nanoTime, run, true)) {
            assertThat(partitions.claim(run, 1, lease)).isPresent();
            meters.bindTo(registry);
        }

        assertThat(registry.scrape())
                .contains(
                        "markwatch_run_active 1.0",
                        "markwatch_frontier_urls 5.0",
                        "markwatch_crawl_hosts 3.0",
                        "markwatch_crawl_hosts_due 2.0",
                        "markwatch_workers 1.0",
                        "markwatch_partitions_open 2.0",
                        "markwatch_partitions_claimed 1.0",
                        "markwatch_run_body_bytes 99.0",
                        "markwatch_run_pages{disposition=\"not-modified\"} 5.0",
                        "markwatch_run_refused{kind=\"other-type\"} 2.0",
                        "markwatch_items_open{lane=\"payment\"} 1.0",
                        "markwatch_items_oldest_age_seconds{lane=\"payment\"} 7200.0")
                .doesNotContain("child-safety");
        assertThat(metricsOfMonitoringFiles())
                .hasSizeGreaterThan(10)
                .allMatch(name -> registry.scrape().contains("\n" + name));
        meters.refresh();
        assertThat(registry.scrape()).contains("markwatch_run_active 0.0", "markwatch_run_pages{disposition");

        hidden.set(new LaneAccess(Set.of("child-safety", "payment")));
        meters.refresh();
        assertThat(registry.scrape()).doesNotContain("payment");
    }

    @Test
    void showThatTheyCannotBeReadWhateverFailsUntilTheyCan() {
        meters.bindTo(registry);
        assertThat(registry.scrape()).contains("markwatch_database_up 1.0");

        broken = true;
        meters.refresh();
        assertThat(registry.scrape()).contains("markwatch_database_up 0.0");

        broken = false;
        meters.refresh();
        assertThat(registry.scrape()).contains("markwatch_database_up 1.0");
    }
}
