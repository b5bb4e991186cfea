package org.markwatch.crawl;

/** Another run holds the database. */
public final class RunUnderWayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunUnderWayException() {
        super("another run is under way on this database; wait for it or stop it, then start again");
    }
}
