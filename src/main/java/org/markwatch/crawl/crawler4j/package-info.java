/**
 * The adapter of crawler4j: its crawler loop and its contracts for frontier, fetcher and robots.txt.
 *
 * <p>In: a {@link org.markwatch.crawl.frontier.HostFrontier}. Out: calls of
 * {@link org.markwatch.crawl.visit.VisitRequests}, from as many threads as the crawl has. This is the only package that uses
 * crawler4j.
 */
@NullMarked
package org.markwatch.crawl.crawler4j;

import org.jspecify.annotations.NullMarked;
