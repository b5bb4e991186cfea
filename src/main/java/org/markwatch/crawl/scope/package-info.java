/**
 * Which links of a page are followed, and in what order.
 *
 * <p>In: the links of a page, and the seed that it belongs to. Out: {@link org.markwatch.crawl.scope.DiscoveredUrl}s with their
 * priority, and counts of the links that a scope, a limit, a budget or a suspected crawler trap excludes. The package keeps
 * its state in memory, for one run.
 */
@NullMarked
package org.markwatch.crawl.scope;

import org.jspecify.annotations.NullMarked;
