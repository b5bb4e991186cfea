package org.markwatch.review.cluster;

import java.time.Instant;
import java.util.List;
import org.markwatch.queue.ClusterLanes;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.cluster.ClusterSummary;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.DisplayText;
import org.markwatch.review.ItemRow;
import org.markwatch.review.LimitedCount;
import org.markwatch.review.Moment;

/**
 * A cluster as a row of the list.
 *
 * @param titles       what its items have in common, the cluster of the row first
 * @param severityRank 0 for the most severe, at most 3
 */
record ClusterRow(
        long id,
        List<ClusterTitle> titles,
        String open,
        String severity,
        int severityRank,
        List<String> lanes,
        int hosts,
        List<String> brands,
        String age,
        Instant firstSeenAt) {
    static ClusterRow of(ClusterSummary cluster, QueuePolicy policy, CurrentWatchlist watchlist, Moment now) {
        String severity = policy.severity(cluster.precedence());
        return new ClusterRow(
                cluster.cluster().id(),
                cluster.clusters().stream().map(ClusterTitle::of).toList(),
                LimitedCount.text(cluster.open(), ClusterLanes.MOST_COUNTED),
                severity,
                ItemRow.severityRank(severity, policy),
                cluster.lanes().stream().map(DisplayText::escape).toList(),
                cluster.hosts(),
                cluster.brands().stream().map(watchlist::brandName).toList(),
                now.since(cluster.firstSeenAt()),
                cluster.firstSeenAt());
    }
}
