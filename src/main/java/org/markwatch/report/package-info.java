/**
 * Summaries, attestations and exports of runs.
 *
 * <p>In: seeds, runs, pages, findings, items and decisions. Out: the summary of a run, its attestation in the audit, and
 * exports in several formats. The package writes only its own table {@code run_summary} and the audit, and makes no
 * decision.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"url", "watchlist", "crawl", "crawl::run", "crawl::store", "score", "queue"})
package org.markwatch.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
