package org.markwatch.job;

import org.markwatch.watchlist.Watchlist;

/** Supplies the packed job-config of a run, which processes on other machines apply. */
@FunctionalInterface
public interface PackedConfig {
    /**
     * Returns the files that a watchlist was read from.
     *
     * @param watchlist the one that was read last
     * @throws IllegalStateException if another one has been read since
     */
    byte[] of(Watchlist watchlist);
}
