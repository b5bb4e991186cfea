package org.markwatch.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.markwatch.score.Finding;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Admits flagged findings to the queue while the crawl goes on, in bounded batches, so that reviewers see them within
 * seconds. The queue step, which admits every finding of the run, skips those that are admitted; it also admits what is
 * lost here by a kill.
 *
 * <p>Used by the thread of the crawl step only.
 */
final class EarlyAdmission {
    /** Most findings that wait for a batch. */
    private static final int BATCH_SIZE = 200;

    /** Shortest time between two smaller batches; each one takes some milliseconds of the thread that commits visits. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Consumer<List<Finding>> queue;
    private final TransactionTemplate outside;
    private final Clock clock;
    private final List<Finding> waiting = new ArrayList<>();
    private Instant last = Instant.EPOCH;

    /** @param queue admits findings of the run; called without a transaction */
    EarlyAdmission(Consumer<List<Finding>> queue, PlatformTransactionManager transactions, Clock clock) {
        this.queue = queue;
        this.outside = new TransactionTemplate(transactions);
        this.outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.clock = clock;
    }

    /** Adds the flagged ones of findings that are about to be committed. */
    void add(List<Finding> findings) {
        findings.stream().filter(Finding::flagged).forEach(waiting::add);
    }

    /**
     * Admits the waiting findings if they are many or the last batch was a while ago. The findings must be committed; a
     * transaction of the calling thread is suspended meanwhile and must not hold locks.
     */
    void admitDue() {
        Instant now = clock.instant();
        boolean due = waiting.size() >= BATCH_SIZE
                || !waiting.isEmpty() && Duration.between(last, now).compareTo(INTERVAL) >= 0;
        if (due) {
            outside.executeWithoutResult(suspended -> queue.accept(List.copyOf(waiting)));
            waiting.clear();
            last = now;
        }
    }
}
