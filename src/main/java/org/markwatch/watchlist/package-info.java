/**
 * What the brand-protection teams configured.
 *
 * <p>In: the files of a job-config folder. Out: one immutable, validated {@link org.markwatch.watchlist.Watchlist}, or
 * every fault of the folder at once. It does not fetch, match or score anything.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.markwatch.watchlist;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
