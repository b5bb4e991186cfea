/**
 * Crawls the seeds and the pages that they link to, as text only.
 *
 * <p>In: seeds, crawl settings, and a {@link org.markwatch.crawl.PageAnalyser} that callers supply. Out: one
 * {@link org.markwatch.crawl.Visit} for each URL, with its disposition, and rows in the tables {@code run}, {@code
 * run_seed}, {@code run_count}, {@code frontier}, {@code page} and {@code known_page}.
 *
 * <p>The package does not know brands or indicators, does not interpret the text of pages, and never requests, stores
 * or decodes a picture.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "watchlist"})
package org.markwatch.crawl;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
