/**
 * The runs of a database: their states and executions, who may work on one, and the loss of the database.
 *
 * <p>In: starts and ends of runs. Out: the tables {@code run}, {@code run_execution} and {@code run_config}, the lock of a run
 * and its fencing token. The package knows no page and no URL.
 */
@NullMarked
@NamedInterface("run")
package org.markwatch.crawl.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
