package org.markwatch.review.api;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.ClusterKind;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.cluster.ClusterCursor;
import org.markwatch.queue.cluster.ClusterSummary;
import org.markwatch.queue.cluster.Clusters;
import org.markwatch.queue.cluster.ItemCluster;
import org.markwatch.review.PageCursor;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.review.cluster.ClusterTitle;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Lists clusters with open items, and shows one. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1/clusters")
@Requires(Permission.VIEW_ITEMS)
class ApiClusterController {
    private static final int MOST = 100;
    private static final int MAX_LANE = 200;
    private static final int MOST_DECISIONS = 25;

    private final Clusters clusters;
    private final QueuePolicy policy;
    private final Audit audit;

    ApiClusterController(Clusters clusters, QueuePolicy policy, Audit audit) {
        this.clusters = clusters;
        this.policy = policy;
        this.audit = audit;
    }

    /** @param value empty for a fingerprint; defanged; a payment account without its middle */
    record ApiCommon(long id, String kind, String value) {}

    /**
     * A cluster.
     *
     * @param common   what its open items have in common; the first is the cluster
     * @param open     open items, at most 10,000
     * @param severity severity of the most severe one
     */
    record ApiCluster(
            long id,
            List<ApiCommon> common,
            int open,
            String severity,
            List<String> lanes,
            int hosts,
            List<String> brands,
            Instant firstSeenAt) {}

    /** @param next value of {@code after} for the next page; null if this is the last one */
    record ApiClusterPage(
            List<ApiCluster> clusters, @Nullable String next) {}

    @GetMapping
    ApiClusterPage clusters(
            @RequestParam(defaultValue = "") String lane,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "25") int limit,
            Principal reader,
            LaneAccess access) {
        String chosenLane = lane.substring(0, Math.min(lane.length(), MAX_LANE));
        ClusterKind chosenKind =
                kind.isEmpty() ? null : ApiPage.choice("kind", kind, ClusterKind.values(), ClusterKind::label);
        Map<String, Object> search = Clusters.auditDetails(access, chosenLane, chosenKind);
        if (!search.isEmpty()) {
            audit.append(reader.getName(), "queue.search", "clusters", search);
        }
        Clusters.Page page = clusters.list(
                access,
                chosenLane,
                chosenKind,
                PageCursor.read(after, ClusterCursor::parse),
                ApiPage.limit(limit, MOST));
        return new ApiClusterPage(
                page.rows().stream().map(this::cluster).toList(),
                page.next() == null ? null : page.next().toString());
    }

    /** @param items open items that have it too, of the first that were compared */
    record ApiShared(ApiCommon common, long items) {}

    /** The latest final decision on an item of the cluster. */
    record ApiMemberDecision(long item, String verdict, String reviewer, Instant at) {}

    /**
     * A cluster with what its items share.
     *
     * @param common    what its items have in common
     * @param open      its open items; null if it has none
     * @param decisions latest first, at most 25
     */
    record ApiClusterDetails(
            ApiCommon common, @Nullable ApiCluster open, List<ApiShared> shared, List<ApiMemberDecision> decisions) {}

    /** Shows a cluster; its open items are those of the list of items with the parameter {@code cluster}. */
    @GetMapping("/{id}")
    ApiClusterDetails cluster(@PathVariable long id, Principal reader, LaneAccess access) {
        ItemCluster cluster = clusters.find(id, access)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no cluster " + id));
        audit.append(reader.getName(), "cluster.read", "cluster:" + id, Map.of());
        return new ApiClusterDetails(
                common(cluster),
                clusters.summary(id, access).map(this::cluster).orElse(null),
                clusters.shared(id, access).entrySet().stream()
                        .map(each -> new ApiShared(common(each.getKey()), each.getValue()))
                        .toList(),
                clusters.decisions(id, access, MOST_DECISIONS).stream()
                        .map(made -> new ApiMemberDecision(made.itemId(), made.verdict(), made.reviewer(), made.at()))
                        .toList());
    }

    private static ApiCommon common(ItemCluster cluster) {
        ClusterTitle title = ClusterTitle.of(cluster);
        return new ApiCommon(title.id(), title.kind(), title.text());
    }

    private ApiCluster cluster(ClusterSummary row) {
        return new ApiCluster(
                row.cluster().id(),
                row.clusters().stream().map(ApiClusterController::common).toList(),
                row.open(),
                policy.severity(row.precedence()),
                row.lanes(),
                row.hosts(),
                row.brands(),
                row.firstSeenAt());
    }
}
