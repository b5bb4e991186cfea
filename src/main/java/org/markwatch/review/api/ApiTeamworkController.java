package org.markwatch.review.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.ClusterKind;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.action.Actions;
import org.markwatch.queue.cluster.ClusterCursor;
import org.markwatch.queue.cluster.ClusterSummary;
import org.markwatch.queue.cluster.Clusters;
import org.markwatch.review.Defanged;
import org.markwatch.review.PageCursor;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.review.cluster.ClusterTitle;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists clusters with open items, and actions that are to be done. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1")
@Requires(Permission.VIEW_ITEMS)
class ApiTeamworkController {
    private static final int MOST = 100;
    private static final int MAX_LANE = 200;

    private final Clusters clusters;
    private final Actions actions;
    private final QueuePolicy policy;

    ApiTeamworkController(Clusters clusters, Actions actions, QueuePolicy policy) {
        this.clusters = clusters;
        this.actions = actions;
        this.policy = policy;
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

    @GetMapping("/clusters")
    ApiClusterPage clusters(
            @RequestParam(defaultValue = "") String lane,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "25") int limit,
            LaneAccess access) {
        Clusters.Page page = clusters.list(
                access,
                lane.substring(0, Math.min(lane.length(), MAX_LANE)),
                kind.isEmpty() ? null : ApiPage.choice("kind", kind, ClusterKind.values(), ClusterKind::label),
                PageCursor.read(after, ClusterCursor::parse),
                ApiPage.limit(limit, MOST));
        return new ApiClusterPage(
                page.rows().stream().map(this::cluster).toList(),
                page.next() == null ? null : page.next().toString());
    }

    private ApiCluster cluster(ClusterSummary row) {
        return new ApiCluster(
                row.cluster().id(),
                row.clusters().stream()
                        .map(ClusterTitle::of)
                        .map(title -> new ApiCommon(title.id(), title.kind(), title.text()))
                        .toList(),
                row.open(),
                policy.severity(row.precedence()),
                row.lanes(),
                row.hosts(),
                row.brands(),
                row.firstSeenAt());
    }

    /**
     * An action of a final decision.
     *
     * @param host     defanged host name
     * @param reopened whether a run has re-opened the item since
     */
    record ApiAction(
            long item,
            String kind,
            String host,
            String lane,
            String severity,
            String verdict,
            Instant decidedAt,
            boolean reopened) {}

    /** @param next value of {@code after} for the next page; null if this is the last one */
    record ApiActionPage(List<ApiAction> actions, @Nullable Long next) {}

    @GetMapping("/actions")
    ApiActionPage actions(
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "25") int limit,
            LaneAccess access) {
        int most = ApiPage.limit(limit, MOST);
        List<Actions.OpenAction> open = actions.open(access, after, most + 1);
        return new ApiActionPage(
                open.stream().limit(most).map(ApiTeamworkController::action).toList(),
                open.size() > most ? open.get(most - 1).action().decisionId() : null);
    }

    private static ApiAction action(Actions.OpenAction open) {
        return new ApiAction(
                open.action().itemId(),
                open.action().kind().label(),
                Defanged.host(open.host()),
                open.lane(),
                open.severity(),
                open.verdict(),
                open.decidedAt(),
                open.reopened());
    }
}
