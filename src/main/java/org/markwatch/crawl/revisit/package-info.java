/**
 * When a known URL is requested again, and what earlier nights know of it.
 *
 * <p>In: the page history of a URL and how its visit ended. Out: the next visit, the new page history, and an earlier
 * result that stands. The package reads and writes no table.
 */
@NullMarked
package org.markwatch.crawl.revisit;

import org.jspecify.annotations.NullMarked;
