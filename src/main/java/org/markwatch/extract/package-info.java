/**
 * Parses a capture once into links and passages.
 *
 * <p>In: a {@link org.markwatch.crawl.Capture}. Out: the links to follow and the
 * {@link org.markwatch.extract.PageText}, which holds passages of text and metadata with their field and offset. This
 * is the only package that parses markup. It does not fetch, run scripts, decode images, or match indicators.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "watchlist", "crawl", "crawl::content"})
package org.markwatch.extract;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
