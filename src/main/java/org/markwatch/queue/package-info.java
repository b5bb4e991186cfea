/**
 * The review queue: items, claims, decisions and the audit chain.
 *
 * <p>In: the findings of a run, and the actions of reviewers. Out: items to review, decisions and the hash-chained
 * audit, in the tables that DESIGN.md names. The package has no user interface and makes no decision.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "score"})
package org.markwatch.queue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
