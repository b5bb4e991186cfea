package org.markwatch.job;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.Verdict;
import org.markwatch.crawl.Visit;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Both ends of the crawl step: reads what the crawler threads have finished, and commits it. One item is a batch of
 * visits, since pages arrive in bursts and the links of the first are wanted before the hundredth can come.
 */
final class CrawlStep
        implements ItemStreamReader<List<Visit<Finding>>>, ItemWriter<List<Visit<Finding>>>, StepExecutionListener {
    private static final int MOST_VISITS = 500;
    private static final Duration COLLECTING = Duration.ofMillis(200);

    private final long run;
    private final Function<Judge, Crawl<Finding>> opening;
    private final FindingStore findings;
    private @Nullable Judge judge;
    private volatile @Nullable Crawl<Finding> crawl;
    private volatile boolean stopRequested;
    private @Nullable StepExecution step;

    CrawlStep(long run, Function<Judge, Crawl<Finding>> opening, FindingStore findings) {
        this.run = run;
        this.opening = opening;
        this.findings = findings;
    }

    /** What the crawler threads read pages with; given before the step is opened. */
    void judgeBy(Judge compiled) {
        judge = compiled;
    }

    @Override
    public void beforeStep(StepExecution execution) {
        step = execution;
    }

    @Override
    public void open(ExecutionContext context) {
        if (judge == null) {
            throw new IllegalStateException("the rules were not compiled before the crawl step");
        }
        crawl = opening.apply(judge);
        if (stopRequested) {
            stop();
        }
    }

    @Override
    public @Nullable List<Visit<Finding>> read() throws InterruptedException {
        List<Visit<Finding>> batch = running().take(MOST_VISITS, COLLECTING);
        if (!batch.isEmpty()) {
            return batch;
        }
        if (running().stopped() && step != null) {
            // leaves the step stopped instead of completed, so that the next start goes on with it
            step.setTerminateOnly();
        }
        return null;
    }

    @Override
    public void write(Chunk<? extends List<Visit<Finding>>> chunk) {
        for (List<Visit<Finding>> batch : chunk) {
            running().commit(batch);
            findings.save(run, judged(batch));
            findings.carry(run, standing(batch));
        }
    }

    @Override
    public void close() {
        Crawl<Finding> open = crawl;
        if (open != null) {
            open.close();
        }
    }

    /** Asks the crawl to end, now or as soon as it is open; callable from any thread. */
    void stop() {
        stopRequested = true;
        Crawl<Finding> open = crawl;
        if (open != null) {
            open.stop();
        }
    }

    /** Null before the crawl is open; callable from any thread. */
    Crawl.@Nullable Progress progress() {
        Crawl<Finding> open = crawl;
        return open == null ? null : open.progress();
    }

    private static List<Finding> judged(List<Visit<Finding>> batch) {
        List<Finding> judged = new ArrayList<>(batch.size());
        for (Visit<Finding> visit : batch) {
            if (visit.verdict() instanceof Verdict.Fresh<Finding>(Finding finding)) {
                judged.add(finding);
            }
        }
        return judged;
    }

    private static Map<URI, Long> standing(List<Visit<Finding>> batch) {
        Map<URI, Long> standing = new LinkedHashMap<>();
        for (Visit<Finding> visit : batch) {
            if (visit.verdict() instanceof Verdict.Standing<Finding>(URI page, long since)) {
                standing.put(page, since);
            }
        }
        return standing;
    }

    private Crawl<Finding> running() {
        Crawl<Finding> open = crawl;
        if (open == null) {
            throw new IllegalStateException("the crawl step was not opened");
        }
        return open;
    }
}
