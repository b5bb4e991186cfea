package org.markwatch.job;

import java.net.URI;
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
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Both ends of the rescan step: reads kept pages in the order of their ids, and commits their verdicts, some pages at a time. Where it
 * is stands in the pages themselves, since the run that holds a page's verdict is committed with it: a run that goes on passes over its
 * own.
 */
final class RescanStep implements ItemReader<List<KeptText>>, ItemWriter<List<KeptText>>, StepExecutionListener {
    static final int BATCH_SIZE = 100;

    private final long run;
    private final KeptTextStore keptPages;
    private final FindingStore findings;
    private @Nullable PageAnalyser<Finding> reader;
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

    /** What pages are judged by; given before the step begins. */
    void setAnalyser(RulesetAnalyser compiled) {
        reader = compiled.pageReader();
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
                step.setTerminateOnly(); // stopped instead of completed, so that the next start goes on with it
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
        PageAnalyser<Finding> rules = reader;
        if (rules == null) {
            throw new IllegalStateException("the rules were not compiled before the rescan step");
        }
        for (List<KeptText> batch : chunk) {
            List<KeptText> changed = new ArrayList<>();
            List<KeptText> standing = new ArrayList<>();
            Map<URI, Long> carried = new LinkedHashMap<>();
            for (KeptText page : batch) {
                Long since = page.run();
                if (since != null && page.rules().equals(rules.rulesVersion())) {
                    standing.add(page);
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
            keptPages.recordAnalysis(run, rules.rulesVersion(), changed, standing);
            done.addAndGet(batch.size());
        }
    }

    /** Asks the rescan to end after the pages in work; callable from any thread. */
    void stop() {
        stopRequested = true;
    }

    /** Where it is; callable from any thread. */
    Crawl.CrawlProgress progress() {
        return new Crawl.CrawlProgress(done.get(), total, 0, "");
    }
}
