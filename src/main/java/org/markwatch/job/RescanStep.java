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
import org.markwatch.crawl.KeptPages;
import org.markwatch.crawl.KeptPages.Kept;
import org.markwatch.crawl.PageReader;
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
final class RescanStep implements ItemReader<List<Kept>>, ItemWriter<List<Kept>>, StepExecutionListener {
    static final int PAGES_AT_ONCE = 100;

    private final long run;
    private final KeptPages pages;
    private final FindingStore findings;
    private @Nullable PageReader<Finding> reader;
    private @Nullable UUID last;
    private volatile boolean stopRequested;
    private final AtomicLong done = new AtomicLong();
    private volatile long known;
    private @Nullable StepExecution step;

    RescanStep(long run, KeptPages pages, FindingStore findings) {
        this.run = run;
        this.pages = pages;
        this.findings = findings;
    }

    /** What pages are judged by; given before the step begins. */
    void judgeBy(Judge compiled) {
        reader = compiled.reader();
    }

    @Override
    public void beforeStep(StepExecution execution) {
        step = execution;
        last = null;
        known = pages.count();
        done.set(pages.count(run));
    }

    @Override
    public @Nullable List<Kept> read() {
        if (stopRequested) {
            if (step != null) {
                step.setTerminateOnly(); // stopped instead of completed, so that the next start goes on with it
            }
            return null;
        }
        List<Kept> next = pages.next(last, run, PAGES_AT_ONCE);
        if (next.isEmpty()) {
            return null;
        }
        last = next.getLast().id();
        return next;
    }

    @Override
    public void write(Chunk<? extends List<Kept>> chunk) {
        PageReader<Finding> rules = reader;
        if (rules == null) {
            throw new IllegalStateException("the rules were not compiled before the rescan step");
        }
        for (List<Kept> batch : chunk) {
            List<Kept> changed = new ArrayList<>();
            List<Kept> standing = new ArrayList<>();
            Map<URI, Long> carried = new LinkedHashMap<>();
            for (Kept page : batch) {
                Long since = page.run();
                if (since != null && page.rules().equals(rules.rules())) {
                    standing.add(page);
                    carried.put(page.page(), since);
                } else {
                    changed.add(page);
                }
            }
            findings.save(
                    run,
                    changed.parallelStream()
                            .map(page -> rules.unpack(page.packed()).judge())
                            .toList());
            findings.carry(run, carried);
            pages.judged(run, rules.rules(), changed, standing);
            done.addAndGet(batch.size());
        }
    }

    /** Asks the rescan to end after the pages in work; callable from any thread. */
    void stop() {
        stopRequested = true;
    }

    /** Where it is; callable from any thread. */
    Crawl.Progress progress() {
        return new Crawl.Progress(done.get(), known, 0, "");
    }
}
