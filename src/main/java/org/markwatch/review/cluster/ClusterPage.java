package org.markwatch.review.cluster;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Confidence;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemTerm;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.cluster.BulkDecisions;
import org.markwatch.queue.cluster.BulkPlans;
import org.markwatch.queue.cluster.Clusters;
import org.markwatch.queue.cluster.ItemCluster;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.DecisionForm;
import org.markwatch.review.ItemRow;
import org.markwatch.review.Moment;
import org.markwatch.review.PageCursor;
import org.markwatch.review.Permission;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills the page of a cluster. */
@Component
@ConditionalOnWebApplication(type = Type.SERVLET)
class ClusterPage {
    private static final int PAGE_SIZE = 25;
    private static final int MOST_DECISIONS = 25;

    private final Clusters clusters;
    private final BulkPlans plans;
    private final BulkDecisions bulk;
    private final Items items;
    private final QueuePolicy policy;
    private final CurrentWatchlist watchlist;
    private final Clock clock;

    ClusterPage(
            Clusters clusters,
            BulkPlans plans,
            BulkDecisions bulk,
            Items items,
            QueuePolicy policy,
            CurrentWatchlist watchlist,
            Clock clock) {
        this.clusters = clusters;
        this.plans = plans;
        this.bulk = bulk;
        this.items = items;
        this.policy = policy;
        this.watchlist = watchlist;
        this.clock = clock;
    }

    /**
     * Adds everything that the page shows to the model.
     *
     * @param lane  lane of the bulk decision, empty for all
     * @param after cursor of the items, empty for the first page
     * @param form  entries of the bulk decision
     */
    void show(
            ItemCluster cluster,
            String lane,
            String after,
            DecisionForm form,
            Authentication account,
            LaneAccess access,
            Model model) {
        Moment now = new Moment(clock.instant());
        model.addAttribute("common", ClusterTitle.of(cluster));
        ClusterRow summary = clusters.summary(cluster.id(), access)
                .map(row -> ClusterRow.of(row, policy, watchlist, now))
                .orElse(null);
        model.addAttribute("summary", summary);
        model.addAttribute(
                "shared",
                clusters.shared(cluster.id(), access).entrySet().stream()
                        .map(each -> new Shared(ClusterTitle.of(each.getKey()), each.getValue()))
                        .toList());
        addItems(cluster, after, now, account.getName(), access, model);
        model.addAttribute(
                "decisions",
                clusters.decisions(cluster.id(), access, MOST_DECISIONS).stream()
                        .map(MemberDecisionRow::of)
                        .toList());
        model.addAttribute(
                "bulks",
                bulk.of(cluster.id(), account.getName(), access).stream()
                        .map(made -> BulkRow.of(made, account))
                        .toList());
        if (Permission.DECIDE.isHeldBy(account)) {
            DecisionForm shown = summary == null ? form : form.withPresetSeverity(summary.severity());
            addPlan(cluster, lane, shown, account.getName(), access, model);
        }
    }

    private void addItems(
            ItemCluster cluster, String after, Moment now, String account, LaneAccess access, Model model) {
        ItemFilter open = ItemFilter.open(account, access).with(ItemTerm.CLUSTER, Long.toString(cluster.id()));
        Items.ItemPage page = items.page(open, PageCursor.read(after, Items.Cursor::parse), PAGE_SIZE);
        model.addAttribute(
                "rows",
                page.items().stream()
                        .map(item -> ItemRow.of(item, policy, watchlist, now, account))
                        .toList());
        model.addAttribute("next", page.next());
        model.addAttribute("first", after.isEmpty());
    }

    private void addPlan(
            ItemCluster cluster, String lane, DecisionForm form, String account, LaneAccess access, Model model) {
        model.addAttribute("plan", plans.plan(cluster.id(), lane, account, access));
        model.addAttribute("most", BulkPlans.MOST_ITEMS);
        model.addAttribute("lane", lane);
        model.addAttribute("form", form);
        model.addAttribute("verdicts", DecisionKind.values());
        model.addAttribute("confidences", Confidence.values());
        model.addAttribute("severities", policy.severities().reversed());
    }

    /** Another cluster, and how many of the open items belong to it too. */
    record Shared(ClusterTitle title, long items) {}

    /** The latest decision on an item of the cluster. */
    record MemberDecisionRow(long item, String verdict, String reviewer, Instant at) {
        static MemberDecisionRow of(Clusters.MemberDecision decision) {
            return new MemberDecisionRow(decision.itemId(), decision.verdict(), decision.reviewer(), decision.at());
        }
    }

    /**
     * A bulk decision.
     *
     * @param undoneBy who took it back, null if nobody did
     * @param undoneAt when, null if nobody did
     * @param undoable whether the account can take it back
     */
    record BulkRow(
            long id,
            String verdict,
            int items,
            String reviewer,
            Instant at,
            @Nullable String undoneBy,
            @Nullable Instant undoneAt,
            boolean undoable) {
        static BulkRow of(BulkDecisions.MadeBulk made, Authentication account) {
            return new BulkRow(
                    made.id(),
                    made.verdict(),
                    made.items(),
                    made.reviewer(),
                    made.decidedAt(),
                    made.undoneBy(),
                    made.undoneAt(),
                    made.undoable()
                            && (made.reviewer().equals(account.getName()) || Permission.OVERRULE.isHeldBy(account)));
        }
    }
}
