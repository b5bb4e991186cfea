package org.markwatch.job;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.run.RunInProgressException;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.crawl.store.KeptTextStore.KeptText;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.score.Shift;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecutionException;

/**
 * Starts the rescan with the steps prepare, rescan, queue and report, over a run of its own. It applies the current
 * rules to the kept text of earlier runs and sends no request, so that new indicators apply to pages that were fetched
 * earlier.
 */
public final class RescanJob {
    private final RunJobs jobs;
    private final Job job;
    private final Runs runs;
    private final FindingStore findings;
    private final KeptTextStore keptPages;
    private final Clock clock;
    private volatile @Nullable PreviewState activePreview;

    RescanJob(RunJobs jobs, Job job, Runs runs, FindingStore findings, KeptTextStore pages, Clock clock) {
        this.jobs = jobs;
        this.job = job;
        this.runs = runs;
        this.findings = findings;
        this.keptPages = pages;
        this.clock = clock;
    }

    /**
     * A page that the current rules newly flag or no longer flag.
     *
     * @param page       final URL of the page
     * @param flagged    whether the current rules flag it; the stored finding is the opposite
     * @param before     stored score in points, 0 or more
     * @param now        score by the current rules in points, 0 or more
     * @param suppressed why the page is not flagged although it uses a brand, or empty
     * @param why        rules whose points differ; empty if only the policy or the authorised hosts differ
     */
    public record FlagChange(HttpUrl page, boolean flagged, int before, int now, String suppressed, List<Shift> why) {
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
     * What a rescan would do.
     *
     * @param pages   pages analysed: all kept pages, or fewer if stopped
     * @param flagged pages that would be newly flagged
     * @param dropped pages that would no longer be flagged
     * @param raised  pages that stay flagged with more points
     * @param lowered pages that stay flagged with fewer points
     */
    public record Preview(long pages, long flagged, long dropped, long raised, long lowered) {}

    /**
     * Analyses every kept page again, or resumes an unfinished rescan by the same ruleset. An unfinished rescan by
     * another ruleset is left unfinished, because the pages that it has committed would be skipped; so is one after
     * which another run began, because findings hold over a range of runs. Blocks until the rescan is complete, stopped
     * by {@link #stop} or failed. Resumes it by itself after a restart of the database.
     *
     * @param onStart receives how the rescan starts, before it analyses a page
     * @throws RunInProgressException if another run holds the run lock of the database
     */
    public RunOutcome run(Watchlist watchlist, Consumer<? super RunStart> onStart)
            throws SQLException, JobExecutionException {
        return jobs.run(job, watchlist, () -> begin(watchlist), () -> begin(watchlist), onStart);
    }

    private RunStart begin(Watchlist watchlist) {
        String rules = watchlist.rulesetSha256();
        Runs.RunRecord unfinished = runs.unfinished(Runs.RunKind.RESCAN).orElse(null);
        String obstacle = "";
        if (unfinished != null) {
            long latest = runs.latest().map(Runs.RunRecord::id).orElse(unfinished.id());
            if (latest != unfinished.id()) {
                obstacle = "run " + latest + " has begun since";
            } else if (!unfinished.rulesetSha256().equals(rules)) {
                obstacle = "the rules have changed since";
            } else {
                Runs.RunRecord run = runs.resume(unfinished.id(), rules, clock.instant());
                return new RunStart(run, runs.executions(run.id()).size(), new Runs.Progress(0, 0), "");
            }
        }
        Runs.RunRecord run = runs.begin(Runs.RunKind.RESCAN, rules, clock.instant());
        String left = unfinished == null ? "" : RunStart.nameOf(unfinished) + " is left unfinished: " + obstacle + ".";
        return new RunStart(run, 1, new Runs.Progress(0, 0), left);
    }

    private RulesetAnalyser compile(Watchlist watchlist) {
        return new RulesetAnalyser(watchlist, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    /**
     * Reports what a rescan would change and writes nothing.
     *
     * @param sink receives each page that would be newly flagged or dropped, in no particular order
     */
    public Preview preview(Watchlist watchlist, Consumer<? super FlagChange> sink) {
        PreviewState preview = new PreviewState(keptPages.count());
        activePreview = preview;
        try {
            PageAnalyser<Finding> rules = compile(watchlist).pageReader();
            List<KeptText> batch = keptPages.next(0, Long.MAX_VALUE, RescanWorker.BATCH_SIZE);
            while (!batch.isEmpty() && !preview.stopped) {
                reportChanges(batch, rules, preview, sink);
                preview.scanned += batch.size();
                batch = keptPages.next(batch.getLast().id(), Long.MAX_VALUE, RescanWorker.BATCH_SIZE);
            }
            return new Preview(preview.scanned, preview.flagged, preview.dropped, preview.raised, preview.lowered);
        } finally {
            activePreview = null;
        }
    }

    private void reportChanges(
            List<KeptText> batch,
            PageAnalyser<Finding> rules,
            PreviewState preview,
            Consumer<? super FlagChange> sink) {
        Map<HttpUrl, FindingStore.Stored> stored =
                findings.stored(batch.stream().map(KeptText::finalUrl).toList());
        Set<HttpUrl> counted = new HashSet<>();
        batch.parallelStream()
                .filter(page -> page.run() == null || !page.rules().equals(rules.rulesVersion()))
                .map(page -> rules.unpack(page.packedContent()).applyRules())
                .map(finding -> FlagChange.of(finding, stored.getOrDefault(finding.url(), FindingStore.Stored.NOTHING)))
                .toList()
                .forEach(change -> {
                    FindingStore.Stored before = stored.getOrDefault(change.page(), FindingStore.Stored.NOTHING);
                    if (counted.add(change.page()) && preview.count(before.flagged(), change)) {
                        sink.accept(change);
                    }
                });
    }

    /** Progress and counts of a preview, and the request to stop it. One thread counts; any may read the progress. */
    private static final class PreviewState {
        private final long total;
        private volatile long scanned;
        private volatile boolean stopped;
        private long flagged;
        private long dropped;
        private long raised;
        private long lowered;

        private PreviewState(long known) {
            this.total = known;
        }

        /** Counts a page; returns whether it would be newly flagged or dropped. */
        private boolean count(boolean wasFlagged, FlagChange page) {
            if (page.flagged() != wasFlagged) {
                flagged += page.flagged() ? 1 : 0;
                dropped += wasFlagged ? 1 : 0;
                return true;
            }
            if (wasFlagged) {
                raised += page.now() > page.before() ? 1 : 0;
                lowered += page.now() < page.before() ? 1 : 0;
            }
            return false;
        }
    }

    /** Requests a stop of the active rescan or preview; a rescan can be resumed. Does nothing if none is active. */
    public void stop() {
        PreviewState preview = activePreview;
        if (preview != null) {
            preview.stopped = true;
        }
        jobs.stop();
    }

    /** Returns the progress of the active rescan or preview, or null if none is active. */
    public Crawl.@Nullable CrawlProgress progress() {
        PreviewState preview = activePreview;
        if (preview != null) {
            return new Crawl.CrawlProgress(preview.scanned, preview.total, 0, 0, "");
        }
        return jobs.progress();
    }
}
