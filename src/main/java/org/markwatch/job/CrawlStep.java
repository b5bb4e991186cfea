package org.markwatch.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.PageOutcome;
import org.markwatch.crawl.Visit;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.url.HttpUrl;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Reader and writer of the crawl step: takes finished visits from the crawler threads and commits them with their
 * findings. One item is a batch of visits: visits finish in bursts, and one commit for a batch makes their links
 * available early.
 */
final class CrawlStep
        implements ItemStreamReader<List<Visit<Finding>>>, ItemWriter<List<Visit<Finding>>>, StepExecutionListener {
    private static final int MAX_BATCH_SIZE = 500;
    private static final Duration MAX_BATCH_WAIT = Duration.ofMillis(200);

    private final long run;
    private final Function<RulesetAnalyser, Crawl<Finding>> crawlOpener;
    private final FindingStore findings;
    private final EarlyAdmission admission;
    private @Nullable RulesetAnalyser analyser;
    private volatile @Nullable Crawl<Finding> crawl;
    private volatile boolean stopRequested;
    private @Nullable StepExecution step;

    CrawlStep(
            long run,
            Function<RulesetAnalyser, Crawl<Finding>> crawlOpener,
            FindingStore findings,
            EarlyAdmission admission) {
        this.run = run;
        this.admission = admission;
        this.crawlOpener = crawlOpener;
        this.findings = findings;
    }

    /** Sets the page analysis of the crawler threads. Must be called before the step is opened. */
    void setAnalyser(RulesetAnalyser newAnalyser) {
        analyser = newAnalyser;
    }

    @Override
    public void beforeStep(StepExecution execution) {
        step = execution;
    }

    @Override
    public void open(ExecutionContext context) {
        if (analyser == null) {
            throw new IllegalStateException(
                    "crawl step opened without compiled rules; the prepare step must run first");
        }
        crawl = crawlOpener.apply(analyser);
        if (stopRequested) {
            stop();
        }
    }

    @Override
    public @Nullable List<Visit<Finding>> read() throws InterruptedException {
        // The transaction of the next chunk has begun and holds no lock yet.
        // The previous one is committed: otherwise the step fails and reads no more.
        admission.admitDue();
        List<Visit<Finding>> batch = openCrawl().take(MAX_BATCH_SIZE, MAX_BATCH_WAIT);
        if (!batch.isEmpty()) {
            return batch;
        }
        if (openCrawl().stopped() && step != null) {
            // the step ends as stopped, not completed, so that the next start resumes it
            step.setTerminateOnly();
        }
        return null;
    }

    @Override
    public void write(Chunk<? extends List<Visit<Finding>>> chunk) {
        for (List<Visit<Finding>> batch : chunk) {
            openCrawl().commit(batch);
            List<Finding> changed = newFindings(batch, false);
            List<Finding> judgedAgain = newFindings(batch, true);
            findings.save(run, changed);
            findings.saveJudgedAgain(run, judgedAgain);
            admission.add(changed);
            admission.add(judgedAgain);
            findings.end(run, pagesWithoutText(batch));
        }
    }

    @Override
    public void close() {
        Crawl<Finding> open = crawl;
        if (open != null) {
            open.close();
        }
    }

    /** Requests a stop of the crawl, or of the crawl that is about to open. Safe to call from any thread. */
    void stop() {
        stopRequested = true;
        Crawl<Finding> open = crawl;
        if (open != null) {
            open.stop();
        }
    }

    /** Returns the progress of the crawl, or null before the crawl is open. Safe to call from any thread. */
    Crawl.@Nullable CrawlProgress progress() {
        Crawl<Finding> open = crawl;
        return open == null ? null : open.progress();
    }

    /** @param sameText whether to return the findings of text that an earlier run has judged by other rules, or the others */
    private static List<Finding> newFindings(List<Visit<Finding>> batch, boolean sameText) {
        List<Finding> added = new ArrayList<>(batch.size());
        for (Visit<Finding> visit : batch) {
            if (visit.outcome() instanceof PageOutcome.NewResult<Finding>(Finding finding, boolean same)
                    && same == sameText) {
                added.add(finding);
            }
        }
        return added;
    }

    /** Returns the URLs whose findings no longer hold: pages that are gone or have become aliases of another page. */
    private static List<HttpUrl> pagesWithoutText(List<Visit<Finding>> batch) {
        List<HttpUrl> pages = new ArrayList<>();
        for (Visit<Finding> visit : batch) {
            boolean alias = visit.outcome() instanceof PageOutcome.NewResult<Finding>(Finding finding, boolean same)
                    && !finding.url().equals(visit.url());
            if (alias || visit.disposition().endsText()) {
                pages.add(visit.url());
            }
        }
        return pages;
    }

    private Crawl<Finding> openCrawl() {
        Crawl<Finding> open = crawl;
        if (open == null) {
            throw new IllegalStateException("crawl step used before it was opened");
        }
        return open;
    }
}
