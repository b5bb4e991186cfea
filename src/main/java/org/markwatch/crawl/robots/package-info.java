/**
 * What robots.txt and sitemaps say.
 *
 * <p>In: the bytes of the files. Out: rules for URLs and the crawl-delay (RFC 9309), links and further sitemaps
 * (sitemaps.org). The package fetches nothing.
 */
@NullMarked
package org.markwatch.crawl.robots;

import org.jspecify.annotations.NullMarked;
