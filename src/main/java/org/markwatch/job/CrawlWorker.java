package org.markwatch.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.PageOutcome;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.partition.PartitionClaim;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.url.HttpUrl;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The work of this process on the partitions of one run: a thread that claims its share of them, crawler threads over all
 * that it has claimed, and one thread that commits the ended visits of all of them with their findings. Visits end in bursts, and one commit for many
 * makes their links available early. Thread-safe.
 */
final class CrawlWorker implements PartitionWorker {
    /** The texts of more pages exceed the {@code work_mem} of a statement, and cost the server half as much again. */
    private static final int MAX_BATCH_SIZE = 200;

    private static final Duration MAX_BATCH_WAIT = Duration.ofMillis(200);

    /** Time without a commit after which what has changed of hosts is stored, so that the next owner of a host keeps its delay. */
    private static final Duration MAX_HOST_WAIT = Duration.ofSeconds(1);

    private static final Duration CLAIM_INTERVAL = Duration.ofMillis(500);

    /** Attempts to commit, since two workers may find the same new URL and wait for each other. */
    private static final int MAX_ATTEMPTS = 3;

    private final long run;
    private final Crawl<Finding> crawl;
    private final PartitionClaims claims;
    private final Partitions partitions;
    private final FindingStore findings;
    private final EarlyAdmission admission;
    private final TransactionTemplate transaction;
    private final CommitMeter commits;
    private final RunLog log;
    /** Partitions that this process works on. */
    private final Set<Integer> held = ConcurrentHashMap.newKeySet();
    /** Those of them that are more than its share. */
    private final Set<Integer> surplus = ConcurrentHashMap.newKeySet();

    private volatile @Nullable Throwable failure;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread committer;
    private final Thread claimer;

    /**
     * Starts to commit.
     *
     * @param crawl     a crawl without partitions; it is closed with this worker
     * @param admission admits flagged findings during the crawl; used by one thread
     */
    CrawlWorker(
            long run,
            Crawl<Finding> crawl,
            PartitionClaims claims,
            Partitions partitions,
            FindingStore findings,
            EarlyAdmission admission,
            TransactionTemplate transaction,
            CommitMeter commits,
            RunLog log) {
        this.run = run;
        this.crawl = crawl;
        this.claims = claims;
        this.partitions = partitions;
        this.findings = findings;
        this.admission = admission;
        this.transaction = transaction;
        this.commits = commits;
        this.log = log;
        this.committer = Thread.ofPlatform().name("crawl-commits").start(this::commitAll);
        this.claimer = Thread.ofVirtual().name("crawl-claims").start(this::claimAll);
    }

    // ---- claims --------------------------------------------------------------------------------------------------

    private void claimAll() {
        try {
            do {
                claimShare();
            } while (!stopping.await(CLAIM_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Claims free partitions up to the share of this process, or marks those beyond it to be given back. */
    private void claimShare() {
        Partitions.Offer offer = claims.offer();
        List<Integer> free = new ArrayList<>(offer.numbers());
        free.removeAll(held);
        int most = offer.mostToClaim(claims.worker());
        List<PartitionClaim> claimed = new ArrayList<>();
        for (int number : free) {
            if (held.size() >= most) {
                break;
            }
            claims.claim(number).ifPresent(claim -> {
                held.add(number);
                crawl.open(claim);
                claimed.add(claim);
            });
        }
        log.claimed(claimed);
        held.stream()
                .filter(number -> !surplus.contains(number))
                .limit(Math.max(0, held.size() - surplus.size() - offer.mostToKeep(claims.worker())))
                .forEach(surplus::add);
    }

    // ---- the committing thread -----------------------------------------------------------------------------------

    private void commitAll() {
        try {
            long hostsSaved = System.nanoTime();
            while (!crawl.ended()) {
                admission.admitDue();
                List<Visit<Finding>> batch = crawl.poll(MAX_BATCH_SIZE, MAX_BATCH_WAIT);
                if (!batch.isEmpty()) {
                    commit(batch);
                    hostsSaved = System.nanoTime();
                } else if (System.nanoTime() - hostsSaved >= MAX_HOST_WAIT.toNanos()) {
                    store(crawl::saveHosts);
                    hostsSaved = System.nanoTime();
                }
                Set<Integer> done = transaction.execute(status -> crawl.recordDone());
                held.removeAll(done == null ? Set.of() : done);
                surplus.retainAll(held);
                int before = held.size();
                surplus.removeIf(number -> giveBack(number) && held.remove(number));
                log.gaveBack(run, before - held.size());
            }
            store(crawl::saveHosts);
            stopping.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new IllegalStateException("the crawl was interrupted", e));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        failure = cause;
        crawl.stop();
        stopping.countDown();
    }

    private boolean giveBack(int number) {
        return Boolean.TRUE.equals(transaction.execute(status -> crawl.giveBack(number)));
    }

    private void commit(List<Visit<Finding>> batch) {
        long began = System.nanoTime();
        store(() -> save(batch));
        commits.add(batch.size(), System.nanoTime() - began);
        admission.add(newFindings(batch, false));
        admission.add(newFindings(batch, true));
    }

    private void store(Runnable changes) {
        for (int attempt = 1; ; attempt++) {
            try {
                transaction.executeWithoutResult(status -> changes.run());
                return;
            } catch (PessimisticLockingFailureException e) {
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void save(List<Visit<Finding>> batch) {
        crawl.commit(batch);
        findings.save(run, newFindings(batch, false));
        findings.saveJudgedAgain(run, newFindings(batch, true));
        findings.end(run, pagesWithoutText(batch));
        count(batch);
    }

    private void count(List<Visit<Finding>> batch) {
        Map<Integer, Integer> visited = new TreeMap<>();
        Map<Integer, Integer> analysed = new TreeMap<>();
        for (Visit<Finding> visit : batch) {
            visited.merge(visit.partition(), 1, Integer::sum);
            analysed.merge(visit.partition(), visit.outcome() instanceof PageOutcome.NewResult ? 1 : 0, Integer::sum);
        }
        partitions.count(
                run, List.copyOf(visited.keySet()), List.copyOf(visited.values()), List.copyOf(analysed.values()));
    }

    /** @param sameText whether to return the findings of text that an earlier run has analysed by other rules, or the others */
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

    // ---- control -------------------------------------------------------------------------------------------------

    /** Requests a stop: requests in flight are drained and committed. */
    @Override
    public void stop() {
        stopping.countDown();
        crawl.stop();
    }

    @Override
    public boolean awaitEnd(Duration longest) throws InterruptedException {
        boolean ended = committer.join(longest);
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the crawl failed: " + cause.getMessage(), cause);
        }
        return ended;
    }

    @Override
    public Crawl.CrawlProgress progress() {
        return crawl.progress();
    }

    @Override
    public void close() {
        stopping.countDown();
        crawl.close();
        try {
            claimer.join();
            committer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
