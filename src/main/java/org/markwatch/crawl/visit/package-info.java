/**
 * The steps of a visit: robots.txt, soft-404 probe, sitemaps, the page, and the end with its analysis.
 *
 * <p>In: a URL whose host is due. Out: one request at a time, and a {@link org.markwatch.crawl.Visit} at the end. The package
 * connects frontier, fetch, politeness, robots.txt and revisit policy; it keeps no state between requests.
 */
@NullMarked
package org.markwatch.crawl.visit;

import org.jspecify.annotations.NullMarked;
