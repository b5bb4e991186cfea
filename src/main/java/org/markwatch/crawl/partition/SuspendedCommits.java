package org.markwatch.crawl.partition;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Limits how long a process that stops within a commit, since it is suspended or its machine has lost power, keeps its row locks:
 * others could neither claim its partitions nor start the run anew until then.
 */
public final class SuspendedCommits {
    /** Longest pause between two statements of a commit: the length of a lease, after which others may claim the partitions. */
    private static final Duration LIMIT = WorkerLease.LENGTH;

    private SuspendedCommits() {}

    /** Lets the database end the session of the calling thread if its transaction, which has begun, pauses for longer than a lease lasts. */
    public static void limit(JdbcClient jdbc) {
        jdbc.sql("select set_config('idle_in_transaction_session_timeout', ?, true)")
                .param(Long.toString(LIMIT.toMillis()))
                .query(String.class)
                .single();
    }
}
