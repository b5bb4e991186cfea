package org.markwatch.database;

/** The interval at which the state of a server is polled: 100 ms. */
final class PollInterval {
    private PollInterval() {}

    /**
     * Sleeps for one interval.
     *
     * @throws DatabaseException if the thread is interrupted
     */
    static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while PostgreSQL was starting", e);
        }
    }
}
