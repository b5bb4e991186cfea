/**
 * Screens for operators: runs with live progress, one run, its attestation, and trends.
 *
 * <p>In: summaries and counts of runs, and new items and decisions in the lanes that the account may see. Out: pages, and
 * requests to start and stop runs. The package shows no text of a page but defanged hosts.
 */
@NullMarked
package org.markwatch.review.runs;

import org.jspecify.annotations.NullMarked;
