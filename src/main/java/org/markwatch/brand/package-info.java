/**
 * Decides how a page uses brands: accepts, shows, impersonates, hot-links or mentions them, and which its host resembles.
 *
 * <p>In: patterns of {@link org.markwatch.brand.BrandRules} that the caller has found in a {@link org.markwatch.extract.PageText}.
 * Out: uses of brands with their places, and the evidence that counted. Candidates have features, and tables of points decide.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "watchlist", "extract", "text"})
package org.markwatch.brand;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
