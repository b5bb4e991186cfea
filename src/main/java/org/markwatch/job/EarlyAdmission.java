package org.markwatch.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.markwatch.score.Finding;

/**
 * Admits flagged findings to the queue while the crawl goes on, in bounded batches, so that reviewers see them within
 * seconds. The queue step, which admits every finding of the run, skips those that are admitted; it also admits what is
 * lost here by a kill.
 *
 * <p>Each worker of a run has one, which only its committing thread uses. Workers and the queue step exclude each other by the
 * transactions of {@link org.markwatch.crawl.partition.Partitions#assertRunning}.
 */
final class EarlyAdmission {
    /** Most findings that wait for a batch. */
    private static final int BATCH_SIZE = 200;

    /** Shortest time between two smaller batches; each one takes some milliseconds of the thread that commits visits. */
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Consumer<List<Finding>> queue;
    private final Clock clock;
    private final List<Finding> waiting = new ArrayList<>();
    private Instant last = Instant.EPOCH;

    /** @param queue admits findings of the run; called without a transaction */
    EarlyAdmission(Consumer<List<Finding>> queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    /** Adds the flagged ones of findings that are committed. */
    void add(List<Finding> findings) {
        findings.stream().filter(Finding::flagged).forEach(waiting::add);
    }

    /** Admits the waiting findings if they are many or the last batch was a while ago. Called without a transaction. */
    void admitDue() {
        Instant now = clock.instant();
        boolean due = waiting.size() >= BATCH_SIZE
                || !waiting.isEmpty() && Duration.between(last, now).compareTo(INTERVAL) >= 0;
        if (due) {
            queue.accept(List.copyOf(waiting));
            waiting.clear();
            last = now;
        }
    }
}
