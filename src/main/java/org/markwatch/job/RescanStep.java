package org.markwatch.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.KeptTextStore;
import org.markwatch.crawl.KeptTextStore.KeptText;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.url.HttpUrl;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Reader and writer of the rescan step: reads kept pages in the order of their ids and commits their findings in
 * batches. The commit also stores in each page the run that analysed it, so a resumed run skips the pages that it has
 * committed.
 */
final class RescanStep implements ItemReader<List<KeptText>>, ItemWriter<List<KeptText>>, StepExecutionListener {
    static final int BATCH_SIZE = 100;

    private final long run;
    private final KeptTextStore keptPages;
    private final FindingStore findings;
    private @Nullable PageAnalyser<Finding> analyser;
    private @Nullable UUID lastId;
    private volatile boolean stopRequested;
    private final AtomicLong done = new AtomicLong();
    private volatile long total;
    private @Nullable StepExecution step;

    RescanStep(long run, KeptTextStore pages, FindingStore findings) {
        this.run = run;
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
        lastId = null;
        total = keptPages.count();
        done.set(keptPages.count(run));
    }

    @Override
    public @Nullable List<KeptText> read() {
        if (stopRequested) {
            if (step != null) {
                step.setTerminateOnly(); // ends as stopped, not completed, so that the next start resumes it
            }
            return null;
        }
        List<KeptText> next = keptPages.next(lastId, run, BATCH_SIZE);
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
        for (List<KeptText> batch : chunk) {
            List<KeptText> changed = new ArrayList<>();
            List<KeptText> unchanged = new ArrayList<>();
            Map<HttpUrl, Long> carried = new LinkedHashMap<>();
            for (KeptText page : batch) {
                Long since = page.run();
                if (since != null && page.rules().equals(rules.rulesVersion())) {
                    unchanged.add(page);
                    carried.put(page.finalUrl(), since);
                } else {
                    changed.add(page);
                }
            }
            findings.save(
                    run,
                    changed.parallelStream()
                            .map(page -> rules.unpack(page.packedContent()).applyRules())
                            .toList());
            findings.carry(run, carried);
            keptPages.recordAnalysis(run, rules.rulesVersion(), changed, unchanged);
            done.addAndGet(batch.size());
        }
    }

    /** Requests a stop after the current batch. Safe to call from any thread. */
    void stop() {
        stopRequested = true;
    }

    /** Returns the progress of the rescan. Safe to call from any thread. */
    Crawl.CrawlProgress progress() {
        return new Crawl.CrawlProgress(done.get(), total, 0, "");
    }
}
