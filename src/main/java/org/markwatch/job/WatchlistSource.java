package org.markwatch.job;

import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;

/** Where a run gets its watchlist from. */
@FunctionalInterface
public interface WatchlistSource {
    /** Reads it now. */
    Watchlist read() throws WatchlistException;
}
