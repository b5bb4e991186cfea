package org.markwatch.crawl.run;

/** Another run is in progress in the database. */
public final class RunInProgressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunInProgressException() {
        super("another run is in progress in this database; wait for its end or stop it, then start again");
    }
}
