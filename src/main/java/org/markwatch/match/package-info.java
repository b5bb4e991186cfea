/**
 * Finds marks and indicators in pages.
 *
 * <p>In: {@link org.markwatch.extract.PageText}. Out: {@link org.markwatch.match.Match}es with their exact places. One
 * immutable compiled matcher serves all threads. Package {@code brand} decides what a page does with a brand; the score is not
 * given here.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "watchlist", "extract", "text", "brand"})
package org.markwatch.match;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
