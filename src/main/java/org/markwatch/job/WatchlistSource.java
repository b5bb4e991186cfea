package org.markwatch.job;

import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;

/** Supplies the watchlist of a scheduled run. */
@FunctionalInterface
public interface WatchlistSource {
    /**
     * Reads and validates the job-config.
     *
     * @throws WatchlistException if the job-config has faults
     */
    Watchlist read() throws WatchlistException;
}
