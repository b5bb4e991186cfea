package org.markwatch.database;

/** The rhythm in which a server's state is looked at. */
final class Pause {
    private Pause() {}

    static void brief() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while PostgreSQL was starting", e);
        }
    }
}
