package org.markwatch.review.cluster;

import java.security.Principal;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.ClusterKind;
import org.markwatch.queue.Drafts;
import org.markwatch.queue.ItemConflictException;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.cluster.BulkDecisions;
import org.markwatch.queue.cluster.ClusterCursor;
import org.markwatch.queue.cluster.Clusters;
import org.markwatch.queue.cluster.ItemCluster;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.DecisionForm;
import org.markwatch.review.Moment;
import org.markwatch.review.PageCursor;
import org.markwatch.review.Permission;
import org.markwatch.review.Recrawls;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows the list of clusters and the page of one, and makes bulk decisions. Writes every view of a cluster, and lists by lane or kind, to the audit. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
class ClusterController {
    private static final int PAGE_SIZE = 25;
    private static final int MAX_LANE = 200;

    private final Clusters clusters;
    private final BulkDecisions bulk;
    private final Recrawls recrawls;
    private final Drafts drafts;
    private final ClusterPage page;
    private final QueuePolicy policy;
    private final CurrentWatchlist watchlist;
    private final Audit audit;
    private final Clock clock;

    ClusterController(
            Clusters clusters,
            BulkDecisions bulk,
            Recrawls recrawls,
            Drafts drafts,
            ClusterPage page,
            QueuePolicy policy,
            CurrentWatchlist watchlist,
            Audit audit,
            Clock clock) {
        this.clusters = clusters;
        this.bulk = bulk;
        this.recrawls = recrawls;
        this.drafts = drafts;
        this.page = page;
        this.policy = policy;
        this.watchlist = watchlist;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/clusters")
    @Requires(Permission.VIEW_ITEMS)
    String list(
            @RequestParam(defaultValue = "") String lane,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String after,
            Principal reader,
            LaneAccess access,
            Model model) {
        ClusterKind chosen = kind(kind);
        Map<String, Object> search = Clusters.auditDetails(access, entry(lane), chosen);
        if (!search.isEmpty()) {
            audit.append(reader.getName(), "queue.search", "clusters", search);
        }
        Moment now = new Moment(clock.instant());
        Clusters.Page listed =
                clusters.list(access, entry(lane), chosen, PageCursor.read(after, ClusterCursor::parse), PAGE_SIZE);
        model.addAttribute(
                "rows",
                listed.rows().stream()
                        .map(row -> ClusterRow.of(row, policy, watchlist, now))
                        .toList());
        model.addAttribute("next", listed.next());
        model.addAttribute("first", after.isEmpty());
        model.addAttribute("lane", lane);
        model.addAttribute("kind", kind);
        model.addAttribute("lanes", clusters.lanes(access));
        model.addAttribute("kinds", ClusterKind.values());
        return "clusters";
    }

    /** @throws ResponseStatusException with status 400 if the text is neither empty nor a kind */
    private static @Nullable ClusterKind kind(String text) {
        Optional<ClusterKind> kind = Arrays.stream(ClusterKind.values())
                .filter(each -> each.label().equals(text))
                .findFirst();
        if (kind.isEmpty() && !text.isEmpty()) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "kind must be one of " + Arrays.toString(ClusterKind.values()));
        }
        return kind.orElse(null);
    }

    @GetMapping("/clusters/{id}")
    @Requires(Permission.VIEW_ITEMS)
    String cluster(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String lane,
            @RequestParam(defaultValue = "") String after,
            Authentication account,
            LaneAccess access,
            Model model) {
        ItemCluster cluster = find(id, access);
        audit.append(account.getName(), "cluster.view", "cluster:" + id, Map.of());
        Optional<Drafts.ClusterDraft> draft = drafts.findOfCluster(id, account.getName());
        model.addAttribute(
                "draftSavedAt", draft.map(Drafts.ClusterDraft::savedAt).orElse(null));
        DecisionForm form = draft.map(kept -> DecisionForm.of(kept.fields())).orElseGet(DecisionForm::empty);
        page.show(cluster, entry(lane), after, form, account, access, model);
        return "cluster";
    }

    /** Keeps the entries of the form. */
    @PostMapping("/clusters/{id}/draft")
    @Requires(Permission.DECIDE)
    String draft(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String lane,
            @ModelAttribute DecisionForm form,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Authentication account,
            LaneAccess access,
            ConsoleWords words,
            Model model,
            RedirectAttributes redirect) {
        drafts.saveOfCluster(find(id, access).id(), account.getName(), form.fields());
        if (htmx != null) {
            model.addAttribute("savedAt", clock.instant());
            return "parts :: saved";
        }
        redirect.addFlashAttribute("notice", words.text("common.entries-kept"));
        redirect.addAttribute("lane", entry(lane));
        return "redirect:/clusters/" + id;
    }

    /**
     * Decides the items of the plan that the page showed, whose token the form has as its evidence. If it is refused, the
     * page says why and keeps the entries.
     */
    @PostMapping("/clusters/{id}/decide")
    @Requires(Permission.DECIDE)
    String decide(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String lane,
            @ModelAttribute DecisionForm form,
            Authentication account,
            LaneAccess access,
            ConsoleWords words,
            Model model,
            RedirectAttributes redirect) {
        ItemCluster cluster = find(id, access);
        try {
            BulkDecisions.BulkResult result =
                    bulk.decide(id, entry(lane), form.evidence(), account.getName(), access, form.toRequest(words));
            recrawls.carryOut(result.decided());
            redirect.addFlashAttribute("notice", notice(result, words));
            return "redirect:/clusters/" + id;
        } catch (IllegalArgumentException | ItemConflictException e) {
            drafts.saveOfCluster(id, account.getName(), form.fields());
            model.addAttribute("problem", words.problem(e));
            page.show(cluster, entry(lane), "", form, account, access, model);
            return "cluster";
        }
    }

    private static String notice(BulkDecisions.BulkResult result, ConsoleWords words) {
        String decided = words.text(
                "cluster.bulk-decision-items-each",
                result.id(),
                result.decided().size());
        return result.skipped() == 0
                ? decided
                : decided + " " + words.text("cluster.changed-or-were-taken", result.skipped());
    }

    /** Takes a bulk decision back. */
    @PostMapping("/clusters/{id}/undo")
    @Requires(Permission.DECIDE)
    String undo(
            @PathVariable long id,
            @RequestParam long decision,
            Authentication account,
            LaneAccess access,
            ConsoleWords words,
            RedirectAttributes redirect) {
        find(id, access);
        try {
            int items = bulk.undo(id, decision, account.getName(), Permission.OVERRULE.isHeldBy(account), access);
            redirect.addFlashAttribute("notice", words.text("cluster.bulk-decision-taken-back", decision, items));
        } catch (ItemConflictException e) {
            redirect.addFlashAttribute("problem", words.problem(e));
        }
        return "redirect:/clusters/" + id;
    }

    private ItemCluster find(long id, LaneAccess access) {
        return clusters.find(id, access)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no cluster " + id));
    }

    private static String entry(String lane) {
        if (lane.length() > MAX_LANE) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "lane has more than " + MAX_LANE + " characters");
        }
        return lane;
    }
}
