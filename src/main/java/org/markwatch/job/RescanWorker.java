package org.markwatch.job;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.partition.PartitionClaim;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.WorkerLease;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.crawl.store.KeptTextStore.KeptText;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The work of this process on the partitions of a rescan. Each of its threads, one for each processor, claims one partition
 * after the other, reads its pages in the order of their ids, and commits batches of findings together with the place that it
 * has reached, from which whoever claims the partition next continues.
 */
final class RescanWorker implements PartitionWorker {
    static final int BATCH_SIZE = 100;
    private static final Duration CLAIM_INTERVAL = Duration.ofMillis(500);

    private final StartedRun run;
    private final WorkerLease lease;
    private final PartitionClaims claims;
    private final Partitions partitions;
    private final Runs runs;
    private final KeptTextStore keptPages;
    private final FindingStore findings;
    private final TransactionTemplate transaction;
    private final RunLog log;
    private final PageAnalyser<Finding> rules;
    private final long total;
    private volatile long done;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;
    private final List<Thread> threads;

    /** Starts the threads. */
    RescanWorker(
            StartedRun run,
            WorkerLease lease,
            PartitionClaims claims,
            Partitions partitions,
            Runs runs,
            KeptTextStore keptPages,
            FindingStore findings,
            TransactionTemplate transaction,
            RunLog log) {
        this.run = run;
        this.lease = lease;
        this.claims = claims;
        this.partitions = partitions;
        this.runs = runs;
        this.keptPages = keptPages;
        this.findings = findings;
        this.transaction = transaction;
        this.log = log;
        this.rules = run.rules();
        this.total = keptPages.count();
        this.threads = IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .mapToObj(number -> Thread.ofPlatform().name("rescan-" + number).unstarted(this::scanPartitions))
                .toList();
        threads.forEach(Thread::start);
    }

    private void scanPartitions() {
        try {
            while (!isStopping()) {
                PartitionClaim claim = claimNext();
                if (claim != null) {
                    scan(claim);
                } else if (partitions.open(run.id()).isEmpty()) {
                    return;
                } else { // another process may die and leave its partition
                    stopping.await(CLAIM_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new IllegalStateException("the rescan was interrupted", e));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private @Nullable PartitionClaim claimNext() {
        for (int number : claims.offer().numbers()) {
            PartitionClaim claim = claims.claim(number).orElse(null);
            if (claim != null) {
                log.claimed(List.of(claim));
                return claim;
            }
        }
        return null;
    }

    /** Analyses what is left of a partition, or gives it back when a stop is requested. */
    private void scan(PartitionClaim claim) {
        Partitions.KeyRange left = partitions.range(claim);
        while (!isStopping()) {
            lease.assertValid();
            List<KeptText> batch = keptPages.next(left.after(), left.last(), BATCH_SIZE);
            if (batch.isEmpty()) {
                partitions.markDone(claim);
                return;
            }
            commit(claim, batch);
            left = new Partitions.KeyRange(batch.getLast().id(), left.last());
            done = partitions.visited(run.id());
        }
        partitions.giveBack(claim);
        log.gaveBack(run.id(), 1);
    }

    private void commit(PartitionClaim claim, List<KeptText> batch) {
        List<KeptText> others = batch.stream()
                .filter(page -> page.run() == null || !page.rules().equals(rules.rulesVersion()))
                .toList();
        List<Finding> found = others.stream()
                .map(page -> rules.unpack(page.packedContent()).applyRules())
                .toList();
        transaction.executeWithoutResult(status -> {
            partitions.advance(claim, batch.getLast().id(), batch.size(), others.size());
            findings.saveJudgedAgain(run.id(), found);
            keptPages.recordAnalysis(run.id(), rules.rulesVersion(), others, batch.size() - others.size());
        });
    }

    private boolean isStopping() {
        if (stopping.getCount() > 0 && runs.isStopRequested(run.id())) {
            stopping.countDown();
        }
        return stopping.getCount() == 0;
    }

    private void fail(Throwable cause) {
        failure = cause;
        stopping.countDown();
    }

    @Override
    public void stop() {
        stopping.countDown();
    }

    @Override
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        boolean ended = threads.getFirst().join(longest) && threads.stream().noneMatch(Thread::isAlive);
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the rescan failed: " + cause.getMessage(), cause);
        }
        return ended;
    }

    /** Returns the committed progress of all processes, as of the latest commit of this one. */
    @Override
    public Crawl.CrawlProgress progress() {
        return new Crawl.CrawlProgress(done, total, 0, 0, "");
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lease.close();
    }
}
