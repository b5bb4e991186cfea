package org.markwatch.review.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.report.ListedRun;
import org.markwatch.report.RunSummary;
import org.markwatch.review.ConsoleWords;

/**
 * A run as a row of the list.
 *
 * @param took     time from the first start to the last end; empty if the run has not ended
 * @param pages    URLs with a disposition; for a run without summary those so far, of those that it knows
 * @param read     URLs with text; empty without a summary, like the following ones
 * @param newItems new items in the lanes that the account may see
 */
record RunRow(
        long id,
        String kind,
        String status,
        Instant started,
        int starts,
        String took,
        String pages,
        String read,
        String refused,
        String failed,
        String newItems) {
    static RunRow of(ListedRun run, Map<Long, Long> newItems, ConsoleWords words) {
        RunSummary summary = run.summary();
        RunSummary.PageCounts pages = summary == null ? null : summary.pages();
        return new RunRow(
                run.id(),
                run.kind(),
                run.status(),
                run.startedAt(),
                run.starts(),
                took(run.startedAt(), run.endedAt()),
                pages != null
                        ? words.number(pages.total())
                        : run.known() == 0 ? "" : words.text("common.of", run.done(), run.known()),
                pages == null ? "" : words.number(pages.read()),
                pages == null ? "" : words.number(pages.refused()),
                pages == null ? "" : words.number(pages.failed()),
                summary == null && !newItems.containsKey(run.id())
                        ? ""
                        : words.number(newItems.getOrDefault(run.id(), 0L)));
    }

    private static String took(Instant started, @Nullable Instant ended) {
        if (ended == null) {
            return "";
        }
        Duration time = Duration.between(started, ended);
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() > 0
                        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                        : time.toSeconds() + " s";
    }
}
