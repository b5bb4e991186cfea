package org.markwatch.review.context;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.markwatch.queue.Decision;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.Item;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.cluster.Clusters;
import org.markwatch.review.CertificateFaults;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.Defanged;
import org.markwatch.review.DisplayText;
import org.markwatch.review.ItemSection;
import org.markwatch.review.cluster.ClusterTitle;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills the sections around the evidence of an item. */
@Component
@ConditionalOnWebApplication(type = Type.SERVLET)
class ItemSurroundings implements ItemSection {
    private static final int MOST_VISITS = 10;
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_ANSWERS = 5;
    private static final int MOST_LINES = 80;
    /** Items of the host that are counted. */
    private static final int MOST_SIBLINGS = 200;

    private final Clusters clusters;
    private final Items items;
    private final Decisions decisions;
    private final CurrentWatchlist watchlist;
    private final ObjectProvider<PageSurroundings> pages;

    ItemSurroundings(
            Clusters clusters,
            Items items,
            Decisions decisions,
            CurrentWatchlist watchlist,
            ObjectProvider<PageSurroundings> pages) {
        this.clusters = clusters;
        this.items = items;
        this.decisions = decisions;
        this.watchlist = watchlist;
        this.pages = pages;
    }

    @Override
    public void addTo(Model model, Item item, String account, LaneAccess access, Set<String> revealed) {
        model.addAttribute("sides", sides(item, revealed).orElse(null));
        model.addAttribute(
                "siblings",
                clusters.ofItem(item.id(), access).entrySet().stream()
                        .map(each -> new Siblings(ClusterTitle.of(each.getKey()), each.getValue()))
                        .toList());
        model.addAttribute("ofHost", ofHost(item, access));
        PageSurroundings known = pages.getIfAvailable();
        if (known != null) {
            model.addAttribute(
                    "visits",
                    known.visits(item.url(), MOST_VISITS).stream()
                            .map(VisitRow::of)
                            .toList());
            model.addAttribute(
                    "redirects",
                    known.redirectsTo(item.url(), MOST_REDIRECTS).stream()
                            .map(RedirectRow::of)
                            .distinct()
                            .toList());
            model.addAttribute(
                    "answers",
                    known.answers(item.url(), MOST_ANSWERS).stream()
                            .map(AnswerRow::of)
                            .toList());
            model.addAttribute("refused", known.refused(item.url()));
            model.addAttribute("references", known.references(item.url()).orElse(null));
            model.addAttribute("outline", OutlineBlock.of(known.outline(item.url(), MOST_LINES), revealed));
        }
    }

    @Override
    public Optional<RevealedPart> reveal(Model model, Item item, String part) {
        return sides(item, Set.of(part))
                .flatMap(sides -> sides.find(part))
                .map(excerpt -> {
                    model.addAttribute("excerpt", excerpt);
                    return new RevealedPart("parts :: revealed", excerpt.rule());
                })
                .or(() -> Optional.ofNullable(pages.getIfAvailable()).stream()
                        .flatMap(known -> OutlineBlock.of(known.outline(item.url(), MOST_LINES), Set.of(part)).stream())
                        .filter(block -> block.part().equals(part))
                        .findFirst()
                        .map(block -> {
                            model.addAttribute("block", block);
                            model.addAttribute("justRevealed", true);
                            return new RevealedPart("context :: block", part);
                        }));
    }

    /** Returns how the evidence differs from that of the latest decision of an open item; empty if it does not. */
    private Optional<EvidenceSides> sides(Item item, Set<String> revealed) {
        Decision decision = item.decision();
        if (decision == null
                || !item.state().isOpen()
                || decision.evidenceSha256().equals(item.evidenceSha256())) {
            return Optional.empty();
        }
        return decisions
                .evidenceOf(decision.id())
                .map(then -> EvidenceSides.of(item, then.reasons(), revealed, watchlist));
    }

    /** Returns how many other items of the host there are, by their latest decision or else their state. */
    private Map<String, Long> ofHost(Item item, LaneAccess access) {
        Map<String, Long> counts = new TreeMap<>();
        items.ofHost(item, access, MOST_SIBLINGS).forEach(each -> {
            DecisionKind decision = each.decision();
            String word = each.state().isOpen() || decision == null
                    ? "state." + each.state().label()
                    : "verdict." + decision.label().replace('_', '-');
            counts.merge(word, each.items(), Long::sum);
        });
        return counts;
    }

    /** A cluster of the item and the number of its other items. */
    record Siblings(ClusterTitle title, long items) {}

    /** A redirect as text: the defanged origin, and the status as in {@code HTTP 301}, or empty. */
    record RedirectRow(String origin, String status) {
        static RedirectRow of(PageSurroundings.KnownRedirect redirect) {
            return new RedirectRow(
                    Defanged.of(redirect.url()).origin(), redirect.status() == 0 ? "" : "HTTP " + redirect.status());
        }
    }

    /** A disposition as text. */
    record VisitRow(
            long run, Instant at, String disposition, String status, String why, CertificateFaults certificate) {
        static VisitRow of(PageSurroundings.PastVisit visit) {
            return new VisitRow(
                    visit.run(),
                    visit.at(),
                    visit.disposition(),
                    visit.status() == 0 ? "" : "HTTP " + visit.status(),
                    DisplayText.escape(visit.why()),
                    visit.certificate());
        }
    }
}
