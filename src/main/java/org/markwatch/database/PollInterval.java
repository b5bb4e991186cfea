package org.markwatch.database;

/** The rhythm in which a server's state is looked at. */
final class PollInterval {
    private PollInterval() {}

    static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while PostgreSQL was starting", e);
        }
    }
}
