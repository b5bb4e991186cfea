package org.markwatch.review.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.report.RunSummary;
import org.markwatch.review.ConsoleWords;

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
    static List<CountTable> of(@Nullable RunSummary run, boolean allLanes, ConsoleWords words) {
        if (run == null) {
            return List.of();
        }
        List<CountTable> sections = new ArrayList<>();
        RunSummary.PageCounts pages = run.pages();
        sections.add(section(
                words,
                words.text("run.urls-by-disposition"),
                List.of(
                        row(words.text("run.fetched"), pages.fetched()),
                        row(words.text("run.not-modified-or-not"), pages.notModified()),
                        row(words.text("run.redirected"), pages.redirected()),
                        row(words.text("run.refused"), pages.refused()),
                        row(words.text("run.disallowed-by-robots-txt"), pages.disallowed()),
                        row(words.text("run.failed"), pages.failed()))));
        sections.add(section(words, words.text("run.refused-by-kind-content"), rows(run.refused(), words)));
        sections.add(section(words, words.text("run.requests-by-kind"), rows(run.requestsByKind(), words)));
        sections.add(section(words, words.text("run.savings-pages"), rows(run.economy(), words)));
        if (allLanes) {
            RunSummary.ItemCounts items = run.items();
            sections.add(section(
                    words,
                    words.text("common.items"),
                    List.of(
                            row(words.text("run.new"), items.added()),
                            row(words.text("run.re-opened"), items.reopened()),
                            row(words.text("run.unchanged"), items.unchanged()),
                            row(words.text("run.these-raised"), items.raised()),
                            row(words.text("run.these-lowered"), items.lowered()),
                            row(words.text("run.closed-since-no-rule"), items.dropped()),
                            row(words.text("run.suppressed"), items.suppressed()))));
            sections.add(section(words, words.text("run.held-back-by-reason"), rows(run.heldBack(), words)));
        }
        return sections.stream().filter(each -> !each.rows.isEmpty()).toList();
    }

    private record Count(String name, long n) {}

    private static Count row(String name, long n) {
        return new Count(name, n);
    }

    private static List<Count> rows(Map<String, Long> counts, ConsoleWords words) {
        return counts.entrySet().stream()
                .map(each -> new Count(words.countName(each.getKey()), each.getValue()))
                .toList();
    }

    private static CountTable section(ConsoleWords words, String title, List<Count> counts) {
        return new CountTable(
                title,
                counts.stream()
                        .filter(each -> each.n > 0)
                        .map(each -> new CountRow(each.name, words.number(each.n)))
                        .toList());
    }
}
