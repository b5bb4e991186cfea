package org.markwatch.review.team;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.markwatch.queue.Sentence;

/** Limits how many trials of rules run at the same time. Thread-safe. */
final class TrialSlots {
    /** What a screen says when all are taken. */
    static final Sentence TAKEN = Sentence.of("rule-trial.other-pages-are-being");

    private static final int AT_ONCE = 2;

    private final Semaphore free = new Semaphore(AT_ONCE);

    /** Runs a trial; returns empty, and does nothing, if all slots are taken. */
    <T> Optional<T> run(Supplier<T> trial) {
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(trial.get());
        } finally {
            free.release();
        }
    }
}
