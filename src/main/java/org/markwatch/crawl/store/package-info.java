/**
 * The tables of pages: {@code seed}, {@code run_seed}, {@code page}, {@code schedule}, {@code page_text}, {@code visit},
 * {@code revisit}, {@code frontier}, {@code host} and {@code run_count}.
 *
 * <p>In: ended visits and found links, in the transaction of the caller. Out: open URLs for the frontier, dispositions and
 * kept text for other packages, and the end of data by retention.
 */
@NullMarked
package org.markwatch.crawl.store;

import org.jspecify.annotations.NullMarked;
