/**
 * The URLs that a run has still to visit, in memory, by host.
 *
 * <p>In: open URLs of the store. Out: one URL at a time whose host is due. The package owns the state of hosts: robots.txt
 * rules, failures, response time, due time. It sends no request and reads no table.
 */
@NullMarked
package org.markwatch.crawl.frontier;

import org.jspecify.annotations.NullMarked;
