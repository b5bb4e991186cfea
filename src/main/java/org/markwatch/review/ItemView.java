package org.markwatch.review;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Claim;
import org.markwatch.queue.Decision;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemState;
import org.markwatch.queue.QueuePolicy;

/**
 * An item as its page shows it.
 *
 * @param row                   what the queue shows of the item
 * @param title                 title of the page, null if it has none
 * @param url                   what follows the origin of the URL, null if nothing does
 * @param language              language tag of the page; empty if it states none or something else than a tag
 * @param mine                  whether the signed-in account holds the item
 * @param free                  whether the signed-in account may claim the item
 * @param until                 when the lease of the claim ends, null if there is no claim
 * @param groups                points by policy group, most first
 * @param maxGroupPoints        largest absolute points of a group; 1 if there are no groups
 * @param evidence              the reasons that changed the score
 * @param evidenceWithoutPoints the reasons that did not change the score, because the cap of their group was reached
 * @param decision              latest decision, null if there is none
 * @param decisionCurrent       whether the item is decided; otherwise the decision is the earlier one of a re-opened
 *                              item
 */
record ItemView(
        ItemRow row,
        @Nullable Excerpt title,
        @Nullable Excerpt url,
        String language,
        boolean mine,
        boolean free,
        @Nullable LeaseEnd until,
        List<GroupPoints> groups,
        int maxGroupPoints,
        List<EvidenceView> evidence,
        List<EvidenceView> evidenceWithoutPoints,
        @Nullable DecisionView decision,
        boolean decisionCurrent,
        boolean changedSinceDecision,
        String rulesetSha256,
        String evidenceSha256,
        long firstRun,
        long lastRun,
        Instant firstSeenAt,
        Instant lastSeenAt) {

    private static final Pattern LANGUAGE_TAG =
            Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?");

    /** @param revealed the parts whose text is revealed */
    static ItemView of(
            Item item,
            QueuePolicy policy,
            CurrentWatchlist watchlist,
            Moment now,
            String account,
            Set<String> revealed,
            ConsoleWords words) {
        Claim claim = item.claim();
        boolean decided = item.state() == ItemState.DECIDED;
        List<GroupPoints> groups = groups(item, watchlist);
        Decision decision = item.decision();
        List<EvidenceView> evidence = IntStream.range(0, item.reasons().size())
                .mapToObj(index -> EvidenceView.of(item, index, revealed, watchlist, words))
                .toList();
        return new ItemView(
                ItemRow.of(item, policy, watchlist, now, account),
                item.title().isBlank() ? null : excerpt(item, Excerpt.TITLE, revealed, watchlist),
                Defanged.of(item.url()).rest().isEmpty() ? null : excerpt(item, Excerpt.URL, revealed, watchlist),
                LANGUAGE_TAG.matcher(item.language()).matches() ? item.language() : "",
                claim != null && claim.reviewer().equals(account),
                claim == null && item.state().isOpen() && !item.reviewedBy().contains(account),
                claim == null ? null : LeaseEnd.of(claim.until(), now.now()),
                groups,
                groups.stream()
                        .mapToInt(group -> Math.abs(group.points()))
                        .max()
                        .orElse(1),
                evidence.stream().filter(piece -> piece.points() != 0).toList(),
                evidence.stream().filter(piece -> piece.points() == 0).toList(),
                decision == null ? null : DecisionView.of(decision),
                decided,
                decision != null && !decision.evidenceSha256().equals(item.evidenceSha256()),
                item.rulesetSha256(),
                item.evidenceSha256(),
                item.firstRun(),
                item.lastRun(),
                item.firstSeenAt(),
                item.lastSeenAt());
    }

    private static Excerpt excerpt(Item item, String part, Set<String> revealed, CurrentWatchlist watchlist) {
        return Excerpt.of(item, part, revealed.contains(part), watchlist).orElseThrow();
    }

    private static List<GroupPoints> groups(Item item, CurrentWatchlist watchlist) {
        Map<String, Integer> points = new LinkedHashMap<>();
        item.reasons().forEach(reason -> points.merge(reason.group(), reason.points(), Integer::sum));
        return points.entrySet().stream()
                .map(group -> new GroupPoints(watchlist.groupLabel(group.getKey()), group.getValue()))
                .sorted((a, b) -> Integer.compare(b.points(), a.points()))
                .toList();
    }

    /** Returns the points with their sign; the minus sign is U+2212. */
    static String signed(int points) {
        return points < 0 ? "\u2212" + Math.abs(points) : "+" + points;
    }

    /** @param points points of the group after its cap; negative for negative context */
    record GroupPoints(String name, int points) {
        /** Returns the points with their sign, {@code +20} or {@code −4}. */
        public String signed() {
            return ItemView.signed(points);
        }

        /** Returns the absolute points, for the length of a bar. */
        public int size() {
            return Math.abs(points);
        }
    }

    /**
     * A reason with its text.
     *
     * @param start  first character of the text
     * @param end    the character after the last
     * @param capped points that a cap removed, 0 if none
     * @param without points and severity of the page if the rule had not matched, in words
     * @param signs  features of an acceptance, logo or impersonation with their points; empty for other rules
     */
    record EvidenceView(
            String rule,
            String group,
            String field,
            int start,
            int end,
            int points,
            int capped,
            String without,
            int count,
            List<String> signs,
            Excerpt excerpt) {
        static EvidenceView of(
                Item item, int index, Set<String> revealed, CurrentWatchlist watchlist, ConsoleWords words) {
            Item.ItemReason reason = item.reasons().get(index);
            String part = Integer.toString(index);
            return new EvidenceView(
                    DisplayText.escape(reason.rule()),
                    watchlist.groupLabel(reason.group()),
                    reason.field(),
                    reason.start(),
                    reason.end(),
                    reason.points(),
                    reason.capped() ? Math.abs(reason.weight() - reason.points()) : 0,
                    without(item, reason.scoreWithout(), watchlist, words),
                    reason.count(),
                    reason.signs().stream().map(Item.ItemFeature::toString).toList(),
                    ItemView.excerpt(item, part, revealed, watchlist));
        }

        private static String without(Item item, int score, CurrentWatchlist watchlist, ConsoleWords words) {
            String severity = watchlist.severityBy(score);
            if (score == item.score()) {
                return words.text("item.nothing-changes");
            }
            if (severity.isEmpty()) {
                return words.text("item.points-too-few-be", score);
            }
            return severity.equals(item.severity())
                    ? words.text("item.points-severity-stays", score, severity)
                    : words.text("item.points-severity-instead", score, severity, item.severity());
        }

        /** Returns the points with their sign, {@code +20} or {@code −4}. */
        public String signed() {
            return ItemView.signed(points);
        }
    }

    /**
     * A decision as text.
     *
     * @param kind    label of the kind
     */
    record DecisionView(
            String kind,
            String severity,
            String confidence,
            String reason,
            String note,
            @Nullable LocalDate validUntil,
            @Nullable Long duplicateOf,
            String reviewer,
            Instant at) {
        static DecisionView of(Decision decision) {
            return new DecisionView(
                    decision.kind().label(),
                    decision.severity(),
                    decision.confidence().label(),
                    DisplayText.escape(decision.reason()),
                    DisplayText.escape(decision.note()),
                    decision.validUntil(),
                    decision.duplicateOf(),
                    decision.reviewer(),
                    decision.at());
        }
    }
}
