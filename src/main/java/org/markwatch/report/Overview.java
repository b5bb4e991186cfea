package org.markwatch.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.markwatch.crawl.Runs;
import org.markwatch.queue.Items;

/**
 * An overview of the latest runs and of the queue.
 *
 * @param open  the run that began last, if it is running or has no summary
 * @param ended the summaries of the last runs, latest first
 * @param lanes every lane that has items in any state, by name
 */
public record Overview(Optional<Runs.RunRecord> open, List<RunSummary> ended, List<Items.LaneCounts> lanes) {
    public Overview {
        ended = List.copyOf(ended);
        lanes = List.copyOf(lanes);
    }

    /**
     * Reads the overview from the database.
     *
     * @param limit maximum number of summaries, at least 1
     */
    public static Overview of(Runs runs, Reports reports, Items items, int limit) {
        return new Overview(
                runs.latest().filter(run -> reports.find(run.id()).isEmpty() || run.status() == Runs.Status.RUNNING),
                reports.recent(limit),
                items.lanes());
    }

    /** Returns the overview as aligned lines for a terminal. */
    public String toText() {
        List<List<String>> runs = new ArrayList<>();
        runs.add(List.of("RUN", "STATUS", "STARTED (UTC)", "TOOK", "PAGES", "READ", "MATCHES", "NEW", "REOPENED"));
        open.ifPresent(run -> runs.add(List.of(
                Long.toString(run.id()),
                run.status().name().toLowerCase(Locale.ROOT),
                SummaryText.time(run.startedAt()),
                "",
                "",
                "",
                "",
                "",
                "")));
        for (RunSummary run : ended) {
            if (open.isEmpty() || open.get().id() != run.runId()) {
                runs.add(List.of(
                        Long.toString(run.runId()),
                        run.status(),
                        SummaryText.time(run.startedAt()),
                        SummaryText.duration(run.startedAt(), run.endedAt()),
                        Long.toString(run.pages().total()),
                        Long.toString(run.pages().read()),
                        Long.toString(run.matches()),
                        Long.toString(run.items().added()),
                        Long.toString(run.items().reopened())));
            }
        }
        List<List<String>> queue = new ArrayList<>();
        queue.add(List.of("LANE", "WAITING", "REOPENED", "CLAIMED", "OLDEST (UTC)"));
        for (Items.LaneCounts lane : lanes) {
            Instant oldest = lane.oldest();
            queue.add(List.of(
                    lane.name(),
                    Long.toString(lane.waiting()),
                    Long.toString(lane.reopened()),
                    Long.toString(lane.claimed()),
                    oldest == null ? "" : SummaryText.time(oldest)));
        }
        return (runs.size() == 1 ? "No run yet.\n" : table(runs))
                + warning()
                + "\n"
                + (queue.size() == 1 ? "The queue is empty.\n" : table(queue));
    }

    /** Warns if the last run obtained no text, so that it is not taken for a run without findings. */
    private String warning() {
        return ended.stream()
                .limit(1)
                .filter(RunSummary::readNoPage)
                .map(run ->
                        "Warning: run " + run.runId() + " obtained no text from any page, so it could find nothing; "
                                + SummaryText.ADVICE + " --run " + run.runId() + "\n")
                .collect(Collectors.joining());
    }

    private static String table(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                                .mapToObj(column -> row.get(column)
                                        + " "
                                                .repeat(widths[column]
                                                        - row.get(column).length()))
                                .collect(Collectors.joining("  "))
                                .stripTrailing()
                        + "\n")
                .collect(Collectors.joining());
    }
}
