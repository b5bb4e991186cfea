/**
 * A small web of our own on loopback.
 *
 * <p>In: nothing. Out: a dozen neutral sites that show what the nightly run flags, keeps quiet about and refuses. It is
 * served to the demo and the tests only, and counts what is asked of it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.markwatch.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
