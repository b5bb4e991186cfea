/**
 * Who works on which part of a run.
 *
 * <p>In: the partitions of a run, and processes that work. Out: the tables {@code worker} and {@code crawl_partition}: leases
 * of processes, claims of partitions with their fencing tokens, and what is done. The package knows no URL.
 */
@NullMarked
@NamedInterface("partition")
package org.markwatch.crawl.partition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
