/**
 * Summaries, attestations and exports of runs.
 *
 * <p>In: seeds, runs, pages, findings, items and decisions. Out: the summary of a run, its attestation in the audit, and
 * exports in several formats. The package writes only its own tables {@code run_summary}, {@code
 * run_failure} and {@code host_failure}, and the audit, and makes no decision.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "watchlist", "crawl", "crawl::run", "crawl::store", "score", "queue"})
package org.markwatch.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
