package org.markwatch.queue.cluster;

import java.time.Instant;
import java.util.List;

/**
 * A row of the list of clusters: what a cluster has open in the lanes that an account may see.
 *
 * @param clusters    the cluster of the row, then others with exactly the same open items
 * @param open        number of open items; {@link org.markwatch.queue.ClusterLanes#MOST_COUNTED} if there are more
 * @param precedence  0 for the highest severity of the policy, of the most severe item
 * @param lanes       lanes of these items, by name
 * @param hosts       number of host names
 * @param brands      ids of the brands, by name
 * @param firstSeenAt when the first of these items was queued first
 */
public record ClusterSummary(
        List<ItemCluster> clusters,
        int open,
        int precedence,
        List<String> lanes,
        int hosts,
        List<String> brands,
        Instant firstSeenAt) {
    public ClusterSummary {
        clusters = List.copyOf(clusters);
        lanes = List.copyOf(lanes);
        brands = List.copyOf(brands);
    }

    /** Returns the cluster of the row. */
    public ItemCluster cluster() {
        return clusters.getFirst();
    }
}
