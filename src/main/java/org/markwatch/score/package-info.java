/**
 * Weighs matches and says why.
 *
 * <p>In: the matches of a page. Out: a {@link org.markwatch.score.Finding} whose every point has a reason, and the tables
 * {@code finding} and {@code page_match}. Points are no probabilities, and a finding is no decision.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"watchlist", "match"})
package org.markwatch.score;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
