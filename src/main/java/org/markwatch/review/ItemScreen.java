package org.markwatch.review;

import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.markwatch.queue.ActionKind;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Calibration;
import org.markwatch.queue.Confidence;
import org.markwatch.queue.Decision;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.Drafts;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemHistory;
import org.markwatch.queue.ItemState;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.OpenReview;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.ReviewStage;
import org.markwatch.queue.action.Action;
import org.markwatch.queue.action.Actions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills the page of an item, and writes the view to the audit. */
@Component
@ConditionalOnWebApplication(type = Type.SERVLET)
class ItemScreen {
    private static final int HISTORY_LIMIT = 100;

    private final Decisions decisions;
    private final Drafts drafts;
    private final Calibration calibration;
    private final Actions actions;
    private final Audit audit;
    private final ItemHistory history;
    private final QueuePolicy policy;
    private final CurrentWatchlist watchlist;
    private final ObjectProvider<PageRecords> records;
    private final List<ItemSection> sections;
    private final Clock clock;

    ItemScreen(
            Decisions decisions,
            Drafts drafts,
            Calibration calibration,
            Actions actions,
            Audit audit,
            ItemHistory history,
            QueuePolicy policy,
            CurrentWatchlist watchlist,
            ObjectProvider<PageRecords> records,
            List<ItemSection> sections,
            Clock clock) {
        this.decisions = decisions;
        this.drafts = drafts;
        this.calibration = calibration;
        this.actions = actions;
        this.audit = audit;
        this.history = history;
        this.policy = policy;
        this.watchlist = watchlist;
        this.records = records;
        this.sections = List.copyOf(sections);
        this.clock = clock;
    }

    /** Adds everything that the page shows of an item to the model. */
    void show(
            Item item,
            Authentication account,
            LaneAccess access,
            HttpSession session,
            ConsoleWords words,
            Model model) {
        Set<String> revealed = RevealedParts.of(item, session);
        audit.append(
                account.getName(),
                "item.view",
                subject(item.id()),
                Map.of("evidence", item.evidenceSha256(), "revealed", String.join(", ", new TreeSet<>(revealed))));
        ItemView view =
                ItemView.of(item, policy, watchlist, new Moment(clock.instant()), account.getName(), revealed, words);
        model.addAttribute("item", view);
        addForm(item, view.mine(), account.getName(), model);
        addRecords(item, words, model);
        model.addAttribute("moves", policy.lanes().get().names());
        model.addAttribute("waiting", waiting(item, account.getName()));
        model.addAttribute("lastAuthorisedDay", policy.lastAuthorisedDay(clock.instant()));
        model.addAttribute("known", calibration.answerOf(item.id()).orElse(null));
        model.addAttribute("mayCalibrate", item.state() == ItemState.DECIDED && item.dealtTo() == null);
        model.addAttribute("mayReopen", mayReopen(item, account));
        model.addAttribute("undoable", undoable(item, account.getName()).orElse(null));
        model.addAttribute(
                "history",
                history.of(item, account.getName(), HISTORY_LIMIT).stream()
                        .map(done -> new HistoryLine(HistoryEntry.of(done.entry(), words), done.times()))
                        .toList());
        sections.forEach(section -> section.addTo(model, item, account.getName(), access, revealed));
        model.addAttribute("verdicts", DecisionKind.values());
        addAction(item, model);
        model.addAttribute("confidences", Confidence.values());
        model.addAttribute("severities", policy.severities());
        model.addAttribute("leaseSeconds", policy.lease().toSeconds());
    }

    /** Returns the decisions that wait for a further review, as far as the account may see them. */
    private List<ItemView.DecisionView> waiting(Item item, String account) {
        return item.stage() == ReviewStage.FIRST || item.isBlindFor(account)
                ? List.of()
                : decisions.openReview(item.id()).stream()
                        .flatMap(review -> review.decisions().stream())
                        .map(ItemView.DecisionView::of)
                        .toList();
    }

    /** Returns the number of the decision on the item that the account can take back; see {@link Decisions#undo}. */
    private Optional<Long> undoable(Item item, String account) {
        Optional<Decision> standing = item.state() == ItemState.DECIDED
                ? Optional.ofNullable(item.decision())
                : decisions
                        .openReview(item.id())
                        .filter(review -> review.second() == null)
                        .map(OpenReview::first);
        return item.claim() != null
                ? Optional.empty()
                : standing.filter(made -> made.reviewer().equals(account))
                        .filter(made -> made.at().plus(Decisions.UNDO).isAfter(clock.instant()))
                        .map(Decision::id)
                        .filter(decisions::isReversible);
    }

    /** A line of the history, and how often it happened. */
    record HistoryLine(HistoryEntry entry, long times) {}

    private void addAction(Item item, Model model) {
        boolean copy = item.dealtTo() != null;
        Action action = copy ? null : actions.of(item.id()).orElse(null);
        model.addAttribute("action", action);
        model.addAttribute("actionKinds", ActionKind.values());
        model.addAttribute(
                "receipts",
                copy
                        ? List.of()
                        : actions.done(item.id()).stream().map(Receipt::of).toList());
    }

    /** An action that is done. */
    record Receipt(String kind, String text, String doneBy, Instant doneAt) {
        static Receipt of(Action action) {
            return new Receipt(
                    action.kind().label(),
                    DisplayText.escape(action.receipt()),
                    Objects.requireNonNull(action.doneBy(), "the action is done"),
                    Objects.requireNonNull(action.doneAt(), "the action is done"));
        }
    }

    /** Adds the form with the entries of the reviewer's draft, and what changed since the reviewer saw the evidence. */
    private void addForm(Item item, boolean mine, String reviewer, Model model) {
        if (mine) {
            drafts.open(item.id(), reviewer);
        }
        Optional<Drafts.Draft> draft = drafts.find(item.id(), reviewer);
        Map<String, String> fields = draft.map(Drafts.Draft::fields).orElse(Map.of());
        model.addAttribute("form", DecisionForm.of(item, fields));
        model.addAttribute(
                "draftSavedAt",
                draft.filter(kept -> !kept.fields().isEmpty())
                        .map(Drafts.Draft::savedAt)
                        .orElse(null));
        model.addAttribute(
                "changed",
                draft.filter(kept -> mine && !kept.evidenceSha256().equals(item.evidenceSha256()))
                        .map(kept -> EvidenceDifference.between(kept.evidence(), item.reasons()))
                        .orElse(null));
    }

    /** Adds the records of the page, if there are any: a console without the crawl database has none. */
    private void addRecords(Item item, ConsoleWords words, Model model) {
        PageRecords pages = records.getIfAvailable();
        Optional<PageRecords.FetchDetails> fetch =
                pages == null ? Optional.empty() : pages.lastFetch(item.url(), item.lastRun());
        Optional<PageRecords.AnalysisDetails> analysis =
                pages == null ? Optional.empty() : pages.analysis(item.url(), item.lastRun());
        model.addAttribute(
                "fetch",
                fetch.map(details -> PageFacts.of(item.url(), details, words)).orElse(null));
        model.addAttribute(
                "analysedIn",
                analysis.map(PageRecords.AnalysisDetails::run)
                        .filter(run -> run != item.lastRun())
                        .orElse(null));
        model.addAttribute(
                "uncounted",
                analysis.map(found -> UncountedRule.of(item, found.rules())).orElse(List.of()));
        model.addAttribute(
                "dropped", analysis.map(PageRecords.AnalysisDetails::dropped).orElse(0));
    }

    /** Returns whether an account may re-open an item: one that it decided itself, or with {@link Permission#OVERRULE} any. */
    static boolean mayReopen(Item item, Authentication actor) {
        if (item.dealtTo() != null) {
            return false;
        }
        Decision decision = item.decision();
        boolean own = item.state() == ItemState.DECIDED
                && decision != null
                && decision.reviewer().equals(actor.getName());
        return own || !item.state().isOpen() && Permission.OVERRULE.isHeldBy(actor);
    }

    /** Returns the subject of audit entries about an item. */
    static String subject(long id) {
        return "item:" + id;
    }
}
