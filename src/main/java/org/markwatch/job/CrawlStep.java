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
import org.markwatch.crawl.PageOutcome;
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
    private static final int MAX_BATCH_SIZE = 500;
    private static final Duration MAX_BATCH_WAIT = Duration.ofMillis(200);

    private final long run;
    private final Function<RulesetAnalyser, Crawl<Finding>> crawlOpener;
    private final FindingStore findings;
    private @Nullable RulesetAnalyser analyser;
    private volatile @Nullable Crawl<Finding> crawl;
    private volatile boolean stopRequested;
    private @Nullable StepExecution step;

    CrawlStep(long run, Function<RulesetAnalyser, Crawl<Finding>> opening, FindingStore findings) {
        this.run = run;
        this.crawlOpener = opening;
        this.findings = findings;
    }

    /** What the crawler threads read pages with; given before the step is opened. */
    void setAnalyser(RulesetAnalyser compiled) {
        analyser = compiled;
    }

    @Override
    public void beforeStep(StepExecution execution) {
        step = execution;
    }

    @Override
    public void open(ExecutionContext context) {
        if (analyser == null) {
            throw new IllegalStateException("the rules were not compiled before the crawl step");
        }
        crawl = crawlOpener.apply(analyser);
        if (stopRequested) {
            stop();
        }
    }

    @Override
    public @Nullable List<Visit<Finding>> read() throws InterruptedException {
        List<Visit<Finding>> batch = openCrawl().take(MAX_BATCH_SIZE, MAX_BATCH_WAIT);
        if (!batch.isEmpty()) {
            return batch;
        }
        if (openCrawl().stopped() && step != null) {
            // leaves the step stopped instead of completed, so that the next start goes on with it
            step.setTerminateOnly();
        }
        return null;
    }

    @Override
    public void write(Chunk<? extends List<Visit<Finding>>> chunk) {
        for (List<Visit<Finding>> batch : chunk) {
            openCrawl().commit(batch);
            findings.save(run, newFindings(batch));
            findings.carry(run, carriedFindings(batch));
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
    Crawl.@Nullable CrawlProgress progress() {
        Crawl<Finding> open = crawl;
        return open == null ? null : open.progress();
    }

    private static List<Finding> newFindings(List<Visit<Finding>> batch) {
        List<Finding> judged = new ArrayList<>(batch.size());
        for (Visit<Finding> visit : batch) {
            if (visit.outcome() instanceof PageOutcome.NewResult<Finding>(Finding finding)) {
                judged.add(finding);
            }
        }
        return judged;
    }

    private static Map<URI, Long> carriedFindings(List<Visit<Finding>> batch) {
        Map<URI, Long> standing = new LinkedHashMap<>();
        for (Visit<Finding> visit : batch) {
            if (visit.outcome() instanceof PageOutcome.StandingResult<Finding>(URI page, long since)) {
                standing.put(page, since);
            }
        }
        return standing;
    }

    private Crawl<Finding> openCrawl() {
        Crawl<Finding> open = crawl;
        if (open == null) {
            throw new IllegalStateException("the crawl step was not opened");
        }
        return open;
    }
}
