/**
 * Metrics and health of an installation.
 *
 * <p>In: counts of the latest run, the lanes of the queue, the schedule. Out: meters for Prometheus, and health for probes.
 * The package makes no decision, and its meters leave out restricted lanes.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"crawl", "crawl::run", "crawl::partition", "queue", "job"})
package org.markwatch.monitor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
