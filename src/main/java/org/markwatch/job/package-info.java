/**
 * Runs: the steps of the nightly job, their restarts, progress and schedule.
 *
 * <p>In: a watchlist and a database. Out: finished or resumable runs. The only place that knows Spring Batch and Quartz; it
 * wires the other packages and has no rule of its own.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"watchlist", "crawl", "extract", "match", "score", "queue", "report"})
package org.markwatch.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
