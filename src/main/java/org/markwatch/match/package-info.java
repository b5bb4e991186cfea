/**
 * Finds marks and indicators in passages.
 *
 * <p>In: {@link org.markwatch.extract.PageText}. Out: {@link org.markwatch.match.Match}es with their exact places. One
 * immutable compiled matcher serves all threads. It does not weigh what it finds.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "watchlist", "extract", "text"})
package org.markwatch.match;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
