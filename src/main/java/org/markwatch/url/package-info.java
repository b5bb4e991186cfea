/**
 * URLs of pages.
 *
 * <p>In: references as pages, headers and people write them. Out: {@link org.markwatch.url.HttpUrl}, the canonical form by
 * which the program identifies a page, and the registrable domain of a host. The package resolves no names and sends nothing.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.markwatch.url;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
