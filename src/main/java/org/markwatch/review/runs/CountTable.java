package org.markwatch.review.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.report.RunSummary;

/**
 * A table of the page of a run.
 *
 * @param title what it counts
 * @param rows  counts by name, without those that are 0
 */
record CountTable(String title, List<CountRow> rows) {
    record CountRow(String name, String count) {}

    /**
     * Returns the tables of a summary.
     *
     * @param allLanes whether the account may see all lanes; otherwise counts of items are left out, since they would tell
     *                 how many items the hidden lanes have
     */
    static List<CountTable> of(@Nullable RunSummary run, boolean allLanes) {
        if (run == null) {
            return List.of();
        }
        List<CountTable> sections = new ArrayList<>();
        RunSummary.PageCounts pages = run.pages();
        sections.add(section(
                "URLs by disposition",
                List.of(
                        row("fetched", pages.fetched()),
                        row("not modified, or not due", pages.notModified()),
                        row("redirected", pages.redirected()),
                        row("refused", pages.refused()),
                        row("disallowed by robots.txt", pages.disallowed()),
                        row("failed", pages.failed()))));
        sections.add(section("Refused by kind of content", rows(run.refused())));
        sections.add(section("Requests by kind", rows(run.requestsByKind())));
        sections.add(section("Savings, in pages", rows(run.economy())));
        if (allLanes) {
            RunSummary.ItemCounts items = run.items();
            sections.add(section(
                    "Items",
                    List.of(
                            row("new", items.added()),
                            row("re-opened", items.reopened()),
                            row("unchanged", items.unchanged()),
                            row("of these raised", items.raised()),
                            row("of these lowered", items.lowered()),
                            row("closed, since no rule supports them", items.dropped()),
                            row("suppressed", items.suppressed()))));
            sections.add(section("Held back, by reason", rows(run.heldBack())));
        }
        return sections.stream().filter(each -> !each.rows.isEmpty()).toList();
    }

    private record Count(String name, long n) {}

    private static Count row(String name, long n) {
        return new Count(name, n);
    }

    private static List<Count> rows(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> new Count(each.getKey().replace('-', ' '), each.getValue()))
                .toList();
    }

    private static CountTable section(String title, List<Count> counts) {
        return new CountTable(
                title,
                counts.stream()
                        .filter(each -> each.n > 0)
                        .map(each -> new CountRow(each.name, RunRow.number(each.n)))
                        .toList());
    }
}
