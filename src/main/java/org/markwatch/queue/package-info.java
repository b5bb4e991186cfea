/**
 * The review queue: items, claims, decisions and the audit chain.
 *
 * <p>In: the findings of a run, and the actions of reviewers. Out: items to review, decisions and the hash-chained
 * audit (tables {@code item}, {@code admission}, {@code skip}, {@code decision}, {@code audit}, {@code cluster}, {@code cluster_item}, {@code cluster_lane}, {@code cluster_stale}, {@code audit_head}, {@code audit_start},
 * {@code held_back}, {@code sample_key}).
 * The package has no user interface and makes no decision.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "score"})
package org.markwatch.queue;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
