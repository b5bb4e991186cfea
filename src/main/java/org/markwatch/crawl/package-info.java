/**
 * Crawls the seeds and the pages that they link to, as text only.
 *
 * <p>In: seeds, crawl settings, and a {@link org.markwatch.crawl.PageAnalyser} that callers supply. Out: one
 * {@link org.markwatch.crawl.Visit} for each URL, with its disposition, and rows in the tables of runs and pages.
 *
 * <p>This package holds the terms of a crawl, which all packages below it know; it knows none of them. Other modules use
 * these terms and the named interfaces {@code run}, {@code content}, {@code store}, {@code engine} and {@code partition}.
 *
 * <p>The packages below this one know each other in one direction. Each also knows what those that it names know:
 *
 * <pre>
 * content
 * crawler4j knows visit
 * engine knows crawler4j, run, store
 * fetch knows frontier
 * frontier knows revisit, robots
 * partition
 * politeness knows fetch
 * revisit
 * robots knows scope
 * run knows partition
 * scope knows content
 * store knows frontier, partition
 * visit knows partition, politeness
 * </pre>
 *
 * <p>The crawl does not know brands or indicators, does not interpret the text of pages, and never requests, stores or
 * decodes a picture.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "watchlist"})
package org.markwatch.crawl;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
