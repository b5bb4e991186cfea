/**
 * Visits the seeds and what they link to, as text only.
 *
 * <p>In: seeds and crawl settings. Out: {@link org.markwatch.crawl.Visit}s, each with the one recorded disposition of its
 * URL, and the tables {@code run}, {@code frontier} and {@code page}. It does not know what a brand or an indicator is, and
 * never asks for, keeps or decodes a picture.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"watchlist"})
package org.markwatch.crawl;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
