package org.markwatch.job;

import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.KeptPages;
import org.markwatch.crawl.KeptPages.Kept;
import org.markwatch.crawl.PageReader;
import org.markwatch.crawl.RunLock;
import org.markwatch.crawl.RunUnderWayException;
import org.markwatch.crawl.Runs;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Watchlist;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;

/**
 * The job {@code rescan}: prepare → rescan → queue → report, over a run of its own. Applies the rules to kept text and asks nobody for
 * anything, so that a new indicator can be held against what was read before it was written.
 */
public final class Rescan {
    private static final String NAME = "rescan";

    private final RunJobs jobs;
    private final DataSource database;
    private final Runs runs;
    private final FindingStore findings;
    private final KeptPages pages;
    private final Clock clock;
    private volatile @Nullable RescanStep scanning;

    Rescan(RunJobs jobs, DataSource database, Runs runs, FindingStore findings, KeptPages pages, Clock clock) {
        this.jobs = jobs;
        this.database = database;
        this.runs = runs;
        this.findings = findings;
        this.pages = pages;
        this.clock = clock;
    }

    /**
     * A page that another ruleset judges differently.
     *
     * @param finding what the rules make of it now
     * @param flagged whether it would be queued now; it was the opposite before
     */
    public record Change(Finding finding, boolean flagged) {}

    /**
     * Rescans every kept page, or goes on with an unfinished rescan by the same ruleset. Blocks until the end, or {@link #stop}.
     *
     * @throws RunUnderWayException if another run holds the database
     */
    public Nightly.Outcome run(Watchlist watchlist) throws SQLException, JobExecutionException {
        try (RunLock lock = RunLock.take(database)) {
            Runs.Run unfinished = runs.unfinished(Runs.Kind.RESCAN)
                    .filter(run -> run.rulesetSha256().equals(watchlist.rulesetSha256()))
                    .orElse(null);
            Runs.Run run = unfinished == null
                    ? runs.begin(Runs.Kind.RESCAN, watchlist.rulesetSha256(), clock.instant())
                    : runs.resume(unfinished.id());
            RescanStep step = new RescanStep(run.id(), pages, findings);
            scanning = step;
            try {
                int seeds = watchlist.seeds().size();
                return jobs.execute(job(run, watchlist, step, seeds), run, unfinished != null, seeds);
            } finally {
                scanning = null;
            }
        }
    }

    private Job job(Runs.Run run, Watchlist watchlist, RescanStep scan, int seeds) {
        return new JobBuilder(NAME, jobs.repository())
                .start(jobs.everyStart("prepare", () -> scan.judgeBy(judge(watchlist))))
                .next(scanStep(scan))
                .next(jobs.queueStep(run))
                .next(jobs.reportStep(run, seeds))
                .build();
    }

    private Step scanStep(RescanStep scan) {
        return new StepBuilder(NAME, jobs.repository())
                .<List<Kept>, List<Kept>>chunk(1)
                .transactionManager(jobs.transactions())
                .reader(scan)
                .writer(scan)
                .listener(scan)
                .build();
    }

    private Judge judge(Watchlist watchlist) {
        return new Judge(watchlist, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /**
     * Says what a rescan would change, and changes nothing.
     *
     * @param sink takes pages that would be newly flagged or dropped, in no order that means anything
     * @return how many pages were looked at
     */
    public long preview(Watchlist watchlist, Consumer<? super Change> sink) {
        PageReader<Finding> rules = judge(watchlist).reader();
        long looked = 0;
        List<Kept> batch = pages.next(null, 0, RescanStep.PAGES_AT_ONCE);
        while (!batch.isEmpty()) {
            Map<URI, Long> before = new HashMap<>();
            for (Kept page : batch) {
                Long run = page.run();
                if (run != null) {
                    before.put(page.page(), run);
                }
            }
            Set<URI> flagged = findings.flagged(before);
            Set<URI> told = new HashSet<>();
            batch.parallelStream()
                    .filter(page -> page.run() == null || !page.rules().equals(rules.rules()))
                    .map(page -> rules.unpack(page.packed()).judge())
                    .filter(finding -> finding.flagged() != flagged.contains(finding.url()))
                    .toList()
                    .forEach(finding -> {
                        if (told.add(finding.url())) {
                            sink.accept(new Change(finding, finding.flagged()));
                        }
                    });
            looked += batch.size();
            batch = pages.next(batch.getLast().id(), 0, RescanStep.PAGES_AT_ONCE);
        }
        return looked;
    }

    /** Asks the rescan under way to end soon, so that it can be gone on with; does nothing if there is none. */
    public void stop() {
        RescanStep step = scanning;
        if (step != null) {
            step.stop();
        }
    }

    /** Where the rescan under way is, or null if there is none. */
    public Crawl.@Nullable Progress progress() {
        RescanStep step = scanning;
        return step == null ? null : step.progress();
    }
}
