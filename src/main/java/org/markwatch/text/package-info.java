/**
 * Compares text with words, phrases and strings.
 *
 * <p>In: passages of {@link org.markwatch.extract.PassageList} or a string. Out: folded text, its words, and the places where
 * entries of an index stand, with the way back to the original. It knows nothing of brands, indicators or pages, and decides nothing.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"watchlist", "extract"})
package org.markwatch.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
