/**
 * The work of the reviewers.
 *
 * <p>In: the findings of a run. Out: review items, claims, decisions and the hash-chained audit (tables {@code item},
 * {@code decision}, {@code audit}). It does not show anything and never decides.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"score"})
package org.markwatch.queue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
