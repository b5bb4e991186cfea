/**
 * What a run did, for people and programs.
 *
 * <p>In: runs, pages, findings, items and decisions. Out: the summary of a run and the exports. It changes nothing but its
 * own table {@code run_summary}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"crawl", "score", "queue"})
package org.markwatch.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
