package org.markwatch.job;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.markwatch.crawl.run.Runs;
import org.markwatch.queue.BenignPages;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.QueueProgress;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.Sample;
import org.markwatch.queue.UnsupportedItems;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingChanges;
import org.markwatch.score.FindingStore;
import org.markwatch.url.HttpUrl;

/**
 * Brings the queue up to date with the findings of a run. Commits in batches and can be applied again for an interrupted
 * run.
 */
final class QueueUpdate {
    private static final int BATCH = 500;

    private final Runs runs;
    private final FindingStore findings;
    private final FindingChanges changes;
    private final ReviewQueue queue;
    private final UnsupportedItems unsupported;
    private final BenignPages benign;
    private final HeldBackPages heldBack;
    private final QueueProgress progress;
    private final ItemTrends trends;

    QueueUpdate(
            Runs runs,
            FindingStore findings,
            FindingChanges changes,
            ReviewQueue queue,
            UnsupportedItems unsupported,
            BenignPages benign,
            HeldBackPages heldBack,
            QueueProgress progress,
            ItemTrends trends) {
        this.runs = runs;
        this.findings = findings;
        this.changes = changes;
        this.queue = queue;
        this.unsupported = unsupported;
        this.benign = benign;
        this.heldBack = heldBack;
        this.progress = progress;
        this.trends = trends;
    }

    /**
     * Brings the queue up to date with what has changed since the last run that did so: admits new findings, closes the
     * items of pages that other rules have dropped, marks those of pages that turned benign, and admits pages whose authorisation has expired. All other items are
     * as they were.
     *
     * @return number of findings that were compared with the queue
     */
    long apply(long run, Runnable guard) {
        long since = runs.lastQueued(run);
        long findings = changes.countNewFindings(run, since);
        progress.begin(run, findings);
        admit(run, guard, reader -> changes.forEachNewFinding(run, since, reader));
        closeUnsupported(run, since, guard);
        markBenign(run, since, guard);
        admitPages(run, queue.expiredAuthorisations(), guard);
        drawSample(run, guard);
        heldBack.store(run, since, changes.heldBack(run, since));
        trends.record(run);
        runs.markQueued(run);
        return findings;
    }

    /** Admits findings of a run before the rest, in batches of their own. */
    void admit(long run, List<Finding> findings, Runnable guard) {
        queue.admit(run, findings, guard);
    }

    private void closeUnsupported(long run, long since, Runnable guard) {
        String ruleset = runs.executions(run).getLast().rulesetSha256();
        List<FindingChanges.DroppedPage> batch = new ArrayList<>(BATCH);
        changes.forEachDropped(run, since, page -> {
            batch.add(page);
            if (batch.size() == BATCH) {
                unsupported.close(run, ruleset, batch, guard);
                batch.clear();
            }
        });
        unsupported.close(run, ruleset, batch, guard);
    }

    private void markBenign(long run, long since, Runnable guard) {
        List<HttpUrl> batch = new ArrayList<>(BATCH);
        changes.forEachTurnedBenign(run, since, page -> {
            batch.add(page);
            if (batch.size() == BATCH) {
                benign.mark(run, batch, guard);
                batch.clear();
            }
        });
        benign.mark(run, batch, guard);
    }

    /** Draws the sample of a month from all held-back pages, unless an earlier run of the month has done so. */
    private void drawSample(long run, Runnable guard) {
        Sample sample = queue.sample();
        if (sample.isDrawn()) {
            return;
        }
        List<HttpUrl> chosen = new ArrayList<>();
        findings.forEachHeldBackUrl(run, page -> {
            if (sample.includes(page)) {
                chosen.add(page);
            }
            if (chosen.size() == BATCH) {
                admitPages(run, chosen, guard);
                chosen.clear();
            }
        });
        admitPages(run, chosen, guard);
        queue.recordDraw(sample);
    }

    private void admitPages(long run, List<HttpUrl> pages, Runnable guard) {
        for (int from = 0; from < pages.size(); from += BATCH) {
            List<HttpUrl> batch = pages.subList(from, Math.min(from + BATCH, pages.size()));
            queue.admit(run, findings.findings(run, batch), guard);
        }
    }

    /** @param source passes findings to the consumer that it is given */
    private void admit(long run, Runnable guard, Consumer<Consumer<Finding>> source) {
        List<Finding> batch = new ArrayList<>(BATCH);
        source.accept(finding -> {
            batch.add(finding);
            if (batch.size() == BATCH) {
                admitCounted(run, batch, guard);
                batch.clear();
            }
        });
        admitCounted(run, batch, guard);
    }

    private void admitCounted(long run, List<Finding> batch, Runnable guard) {
        queue.admit(run, batch, guard);
        progress.add(run, batch.size());
    }
}
