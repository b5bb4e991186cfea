/**
 * The console where people decide.
 *
 * <p>In: review items. Out: text-only pages in a browser, and what people decided on them. It shows no picture, loads
 * nothing from elsewhere and offers nothing of a crawled page to click on.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"queue"})
package org.markwatch.review;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
