package org.markwatch.job;

import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.engine.CrawlStart;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.Runs;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.score.Finding;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;
import org.springframework.batch.core.step.Step;

/** The crawl of one nightly run in the process that has started the run. */
final class NightCrawl implements AutoCloseable {
    private final RunJobs jobs;
    private final DataSource database;
    private final Runs.RunRecord run;
    private final RunFence fence;
    private final CrawlWorkers workers;
    private final ReviewQueue queue;
    private final Watchlist watchlist;
    private final Clock clock;
    private volatile @Nullable PageAnalyser<Finding> rules;
    private volatile Set<HttpUrl> alwaysDue = Set.of();
    private volatile @Nullable CrawlWorker worker;
    private volatile boolean stopped;

    NightCrawl(
            RunJobs jobs,
            DataSource database,
            Runs.RunRecord run,
            RunFence fence,
            CrawlWorkers workers,
            ReviewQueue queue,
            Watchlist watchlist,
            Clock clock) {
        this.jobs = jobs;
        this.database = database;
        this.run = run;
        this.fence = fence;
        this.workers = workers;
        this.queue = queue;
        this.watchlist = watchlist;
        this.clock = clock;
    }

    /** Prepares the partitions of the run. Must be called before the step. */
    void prepare(RulesetAnalyser analyser) {
        PageAnalyser<Finding> compiled = analyser.pageReader();
        Set<HttpUrl> items = queue.itemUrls();
        rules = compiled;
        alwaysDue = items;
        new CrawlStart(database, run, clock).prepare(watchlist.seeds(), compiled, items);
    }

    /** Returns the step that crawls the partitions. */
    Step step() {
        return new CrawlPartitions(
                        run.id(), jobs.repository(), jobs.transactions(), new Partitions(database), this::startWorker)
                .managerStep();
    }

    /** Starts the worker of this process; the step calls it once. */
    private CrawlWorker startWorker() {
        PageAnalyser<Finding> compiled = rules;
        if (compiled == null) {
            throw new IllegalStateException(
                    "crawl step started without compiled rules; the prepare step must run first");
        }
        CrawlWorker started = workers.start(run, fence, watchlist, compiled, alwaysDue);
        worker = started;
        if (stopped) { // before stop() could see the worker
            started.stop();
        }
        return started;
    }

    /** Requests a stop of the crawl, or of the crawl that is about to start. Safe to call from any thread. */
    void stop() {
        if (!stopped) {
            stopped = true;
            Thread.ofVirtual().start(() -> new Runs(database).requestStop(run.id())); // for other processes
        }
        CrawlWorker started = worker;
        if (started != null) {
            started.stop();
        }
    }

    /** Returns the progress of the crawl, or null before it has started. Safe to call from any thread. */
    Crawl.@Nullable CrawlProgress progress() {
        CrawlWorker started = worker;
        return started == null ? null : started.progress();
    }

    @Override
    public void close() {
        CrawlWorker open = worker;
        if (open != null) {
            open.close();
        }
    }
}
