package org.markwatch.review.team;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.Defanged;
import org.markwatch.review.DisplayText;
import org.markwatch.review.team.RuleTrial.TriedPage;

/**
 * What the rules see in a page, for the screen. Without {@code snippets}, it has no word of the page.
 *
 * @param verdict  points, severity and what a run would do
 * @param uses     brands with the kinds of their use
 * @param reasons  rules that gave points
 * @param others   rules that matched without points, with the number of their matches
 * @param evidence evidence for the uses of brands
 * @param misses   rules that nearly counted
 */
record TrialResult(
        boolean read,
        String verdict,
        List<String> uses,
        List<ReasonLine> reasons,
        List<String> others,
        List<UseLine> evidence,
        List<String> misses) {
    private static final int MOST_LINES = 100;
    private static final int LONGEST = 400;

    /** A reason; {@code before}, {@code match} and {@code after} are the snippet, or empty. */
    record ReasonLine(
            String points, String group, String rule, String place, String before, String match, String after) {}

    /** The evidence of one use of a brand. */
    record UseLine(String title, List<String> features) {}

    static TrialResult of(TriedPage page, CurrentWatchlist watchlist, boolean snippets, ConsoleWords words) {
        if (!page.read()) {
            return new TrialResult(false, page.why(), List.of(), List.of(), List.of(), List.of(), List.of());
        }
        String verdict = words.text("rule-trial.severity", page.score(), page.severity()) + "; "
                + (page.flagged()
                        ? words.text("rule-trial.run-would-queue-lane", page.lane())
                        : words.text("rule-trial.run-would-not-queue"))
                + (page.why().isEmpty() ? "" : ": " + page.why()) + ".";
        return new TrialResult(
                true,
                DisplayText.escape(verdict),
                page.uses().stream()
                        .map(use -> use.brand() + ": " + words.label("use", use.kind()))
                        .toList(),
                page.reasons().stream()
                        .limit(MOST_LINES)
                        .map(reason -> line(reason, watchlist, snippets, words))
                        .toList(),
                others(page, words),
                page.evidence().stream()
                        .limit(MOST_LINES)
                        .map(use -> new UseLine(
                                use.found()
                                        ? words.text(
                                                "rule-trial.points-needed",
                                                words.label("use", use.kind()),
                                                use.brand(),
                                                use.sum(),
                                                use.needed())
                                        : words.text(
                                                "rule-trial.no-points-needed",
                                                words.label("use", use.kind()),
                                                use.brand(),
                                                use.sum(),
                                                use.needed()),
                                snippets
                                        ? use.features().stream()
                                                .map(TrialResult::shown)
                                                .toList()
                                        : List.of()))
                        .toList(),
                snippets
                        ? page.nearMisses().stream()
                                .limit(MOST_LINES)
                                .map(miss -> shown(miss.rule() + ": " + miss.why()))
                                .toList()
                        : page.nearMisses().stream()
                                .limit(MOST_LINES)
                                .map(miss -> shown(miss.rule()))
                                .distinct()
                                .toList());
    }

    private static ReasonLine line(
            RuleTrial.TriedReason reason, CurrentWatchlist watchlist, boolean snippets, ConsoleWords words) {
        String snippet = snippets ? reason.snippet() : "";
        int start = Math.min(reason.start(), snippet.length());
        int end = Math.min(reason.end(), snippet.length());
        return new ReasonLine(
                (reason.points() > 0 ? "+" : "") + reason.points(),
                watchlist.groupLabel(reason.group()),
                DisplayText.escape(reason.rule()),
                words.label("field", reason.field())
                        + (reason.count() > 1 ? ", " + words.text("common.times", reason.count()) : "")
                        + (reason.capped() ? ", " + words.text("rule-trial.capped-by-its-group") : "")
                        + ", " + words.text("rule-trial.points-without", reason.without()),
                shown(snippet.substring(0, start)),
                shown(snippet.substring(start, end)),
                shown(snippet.substring(end)));
    }

    private static List<String> others(TriedPage page, ConsoleWords words) {
        Map<String, Long> counts = page.matches().stream()
                .filter(match -> page.reasons().stream()
                        .noneMatch(reason -> reason.rule().equals(match.rule())))
                .collect(Collectors.groupingBy(
                        match -> words.text("rule-trial.in", match.rule(), words.label("field", match.field())),
                        LinkedHashMap::new,
                        Collectors.counting()));
        return counts.entrySet().stream()
                .limit(MOST_LINES)
                .map(each -> DisplayText.escape(each.getKey())
                        + (each.getValue() > 1 ? ", " + words.text("common.times", each.getValue()) : ""))
                .toList();
    }

    private static String shown(String text) {
        return Defanged.inText(DisplayText.escape(text, LONGEST));
    }
}
