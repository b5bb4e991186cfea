/**
 * Reads and validates the configuration of a crawl.
 *
 * <p>In: the files of a job-config folder. Out: one immutable, validated {@link org.markwatch.watchlist.Watchlist}, or
 * a {@link org.markwatch.watchlist.WatchlistException} with the faults of the folder. The package does not fetch,
 * match or score.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url"})
package org.markwatch.watchlist;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
