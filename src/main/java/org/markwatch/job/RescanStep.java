package org.markwatch.job;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.crawl.store.KeptTextStore.KeptText;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Reader and writer of the rescan step: reads kept pages in the order of their ids and commits their findings in
 * batches. The position is part of the step's execution context, so a resumed run continues after the pages that it has
 * committed.
 */
final class RescanStep implements ItemStreamReader<List<KeptText>>, ItemWriter<List<KeptText>>, StepExecutionListener {
    static final int BATCH_SIZE = 100;
    private static final String POSITION = "page";

    private final long run;
    private final RunFence fence;
    private final Runs runs;
    private final KeptTextStore keptPages;
    private final FindingStore findings;
    private @Nullable PageAnalyser<Finding> analyser;
    private long lastId;
    private volatile boolean stopRequested;
    private final AtomicLong done = new AtomicLong();
    private volatile long total;
    private @Nullable StepExecution step;

    RescanStep(long run, RunFence fence, Runs runs, KeptTextStore pages, FindingStore findings) {
        this.run = run;
        this.fence = fence;
        this.runs = runs;
        this.keptPages = pages;
        this.findings = findings;
    }

    /** Sets the page analysis. Must be called before the step begins. */
    void setAnalyser(RulesetAnalyser rules) {
        analyser = rules.pageReader();
    }

    @Override
    public void beforeStep(StepExecution execution) {
        step = execution;
        total = keptPages.count();
        done.set(0);
    }

    @Override
    public void open(ExecutionContext context) {
        lastId = context.getLong(POSITION, 0L);
    }

    @Override
    public void update(ExecutionContext context) {
        context.putLong(POSITION, lastId);
    }

    @Override
    public @Nullable List<KeptText> read() {
        if (stopRequested || runs.isStopRequested(run)) {
            if (step != null) {
                step.setTerminateOnly(); // ends as stopped, not completed, so that the next start resumes it
            }
            return null;
        }
        List<KeptText> next = keptPages.next(lastId, BATCH_SIZE);
        if (next.isEmpty()) {
            return null;
        }
        lastId = next.getLast().id();
        return next;
    }

    @Override
    public void write(Chunk<? extends List<KeptText>> chunk) {
        PageAnalyser<Finding> rules = analyser;
        if (rules == null) {
            throw new IllegalStateException(
                    "rescan step started without compiled rules; the prepare step must run first");
        }
        fence.assertHeld();
        for (List<KeptText> batch : chunk) {
            List<KeptText> analysed = batch.stream()
                    .filter(page -> page.run() == null || !page.rules().equals(rules.rulesVersion()))
                    .toList();
            long standing = batch.stream()
                    .filter(page -> page.run() != null
                            && page.run() != run
                            && page.rules().equals(rules.rulesVersion()))
                    .count();
            findings.saveJudgedAgain(
                    run,
                    analysed.parallelStream()
                            .map(page -> rules.unpack(page.packedContent()).applyRules())
                            .toList());
            keptPages.recordAnalysis(run, rules.rulesVersion(), analysed, standing);
            done.addAndGet(batch.size());
        }
    }

    /** Requests a stop after the current batch. Safe to call from any thread. */
    void stop() {
        stopRequested = true;
    }

    /** Returns the progress of the rescan. Safe to call from any thread. */
    Crawl.CrawlProgress progress() {
        return new Crawl.CrawlProgress(done.get(), total, 0, 0, "");
    }
}
