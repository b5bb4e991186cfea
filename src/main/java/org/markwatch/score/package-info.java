/**
 * Scoring: turns matches into points with reasons.
 *
 * <p>In: the matches of a page and the policy. Out: a {@link org.markwatch.score.Finding} in which every point has a
 * reason, stored in the tables {@code finding}, {@code page_match} and {@code page_trait}. Points are not
 * probabilities, and a finding is not a decision; decisions are made by people.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "watchlist", "brand", "match"})
package org.markwatch.score;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
