/**
 * Clusters of items, and decisions on many items of a cluster at once.
 *
 * <p>In: the clusters that {@code queue} stores when items are admitted. Out: lists of clusters and of their items, and bulk
 * decisions (table {@code bulk_decision}). Every query leaves out the lanes that an account may not see.
 */
@NullMarked
@NamedInterface("cluster")
package org.markwatch.queue.cluster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
