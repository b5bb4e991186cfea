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
import org.markwatch.crawl.KeptTextStore;
import org.markwatch.crawl.KeptTextStore.KeptText;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.RunLock;
import org.markwatch.crawl.RunUnderWayException;
import org.markwatch.crawl.Runs;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.score.Shift;
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
public final class RescanJob {
    private static final String NAME = "rescan";

    private final RunJobs jobs;
    private final DataSource database;
    private final Runs runs;
    private final FindingStore findings;
    private final KeptTextStore keptPages;
    private final Clock clock;
    private volatile @Nullable RescanStep activeStep;
    private volatile @Nullable PreviewState activePreview;

    RescanJob(RunJobs jobs, DataSource database, Runs runs, FindingStore findings, KeptTextStore pages, Clock clock) {
        this.jobs = jobs;
        this.database = database;
        this.runs = runs;
        this.findings = findings;
        this.keptPages = pages;
        this.clock = clock;
    }

    /**
     * A page that another ruleset judges differently.
     *
     * @param page       its final URL
     * @param flagged    whether it would be queued now; it was the opposite before
     * @param before     points that it had
     * @param now        points that it would have
     * @param suppressed why it would not be queued although it has marks, or empty
     * @param why        rules that give other points than before; none if the policy judges the same points otherwise
     */
    public record FlagChange(URI page, boolean flagged, int before, int now, String suppressed, List<Shift> why) {
        public FlagChange {
            why = List.copyOf(why);
        }

        static FlagChange of(Finding finding, FindingStore.Stored before) {
            return new FlagChange(
                    finding.url(),
                    finding.flagged(),
                    before.score(),
                    finding.score(),
                    finding.suppressed(),
                    Shift.between(before.reasons(), finding.reasons()));
        }
    }

    /**
     * Rescans every kept page, or goes on with an unfinished rescan by the same ruleset. Blocks until the end, or {@link #stop}.
     *
     * @throws RunUnderWayException if another run holds the database
     */
    public NightlyJob.RunOutcome run(Watchlist watchlist) throws SQLException, JobExecutionException {
        try (RunLock lock = RunLock.acquire(database)) {
            Runs.RunRecord unfinished = runs.unfinished(Runs.RunKind.RESCAN)
                    .filter(run -> run.rulesetSha256().equals(watchlist.rulesetSha256()))
                    .orElse(null);
            Runs.RunRecord run = unfinished == null
                    ? runs.begin(Runs.RunKind.RESCAN, watchlist.rulesetSha256(), clock.instant())
                    : runs.resume(unfinished.id());
            RescanStep step = new RescanStep(run.id(), keptPages, findings);
            activeStep = step;
            try {
                int seeds = watchlist.seeds().size();
                return jobs.execute(job(run, watchlist, step, seeds), run, unfinished != null, seeds);
            } finally {
                activeStep = null;
            }
        }
    }

    private Job job(Runs.RunRecord run, Watchlist watchlist, RescanStep scan, int seeds) {
        return new JobBuilder(NAME, jobs.repository())
                .start(jobs.repeatableStep("prepare", () -> scan.setAnalyser(compile(watchlist))))
                .next(scanStep(scan))
                .next(jobs.queueStep(run))
                .next(jobs.reportStep(run, seeds))
                .build();
    }

    private Step scanStep(RescanStep scan) {
        return new StepBuilder(NAME, jobs.repository())
                .<List<KeptText>, List<KeptText>>chunk(1)
                .transactionManager(jobs.transactions())
                .reader(scan)
                .writer(scan)
                .listener(scan)
                .build();
    }

    private RulesetAnalyser compile(Watchlist watchlist) {
        return new RulesetAnalyser(watchlist, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /**
     * Says what a rescan would change, and changes nothing.
     *
     * @param sink takes pages that would be newly flagged or dropped, in no order that means anything
     * @return how many pages were looked at; all of them, unless it was stopped
     */
    public long preview(Watchlist watchlist, Consumer<? super FlagChange> sink) {
        PreviewState preview = new PreviewState(keptPages.count());
        activePreview = preview;
        try {
            PageAnalyser<Finding> rules = compile(watchlist).pageReader();
            long looked = 0;
            List<KeptText> batch = keptPages.next(null, 0, RescanStep.BATCH_SIZE);
            while (!batch.isEmpty() && !preview.stopped) {
                reportChanges(batch, rules, sink);
                looked += batch.size();
                preview.scanned = looked;
                batch = keptPages.next(batch.getLast().id(), 0, RescanStep.BATCH_SIZE);
            }
            return looked;
        } finally {
            activePreview = null;
        }
    }

    private void reportChanges(List<KeptText> batch, PageAnalyser<Finding> rules, Consumer<? super FlagChange> sink) {
        Map<URI, Long> judgedIn = new HashMap<>();
        for (KeptText page : batch) {
            Long run = page.run();
            if (run != null) {
                judgedIn.put(page.finalUrl(), run);
            }
        }
        Map<URI, FindingStore.Stored> stored = findings.stored(judgedIn);
        Set<URI> told = new HashSet<>();
        batch.parallelStream()
                .filter(page -> page.run() == null || !page.rules().equals(rules.rulesVersion()))
                .map(page -> rules.unpack(page.packedContent()).applyRules())
                .map(finding -> FlagChange.of(finding, stored.getOrDefault(finding.url(), FindingStore.Stored.NOTHING)))
                .filter(change -> change.flagged()
                        != stored.getOrDefault(change.page(), FindingStore.Stored.NOTHING)
                                .flagged())
                .toList()
                .forEach(change -> {
                    if (told.add(change.page())) {
                        sink.accept(change);
                    }
                });
    }

    /** Where a preview is. */
    private static final class PreviewState {
        private final long total;
        private volatile long scanned;
        private volatile boolean stopped;

        private PreviewState(long known) {
            this.total = known;
        }
    }

    /** Asks the rescan or preview under way to end soon; a rescan can be gone on with. Does nothing if there is none. */
    public void stop() {
        PreviewState preview = activePreview;
        if (preview != null) {
            preview.stopped = true;
        }
        RescanStep step = activeStep;
        if (step != null) {
            step.stop();
        }
    }

    /** Where the rescan or preview under way is, or null if there is none. */
    public Crawl.@Nullable CrawlProgress progress() {
        PreviewState preview = activePreview;
        if (preview != null) {
            return new Crawl.CrawlProgress(preview.scanned, preview.total, 0, "");
        }
        RescanStep step = activeStep;
        return step == null ? null : step.progress();
    }
}
