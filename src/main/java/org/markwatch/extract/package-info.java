/**
 * Reads a capture once.
 *
 * <p>In: a {@link org.markwatch.crawl.Capture}. Out: the links to follow and the {@link org.markwatch.extract.PageText},
 * located passages of text and metadata by field. The only place where markup is parsed. It does not fetch, and does not
 * judge what it reads.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"watchlist", "crawl"})
package org.markwatch.extract;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
