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
 * Runs and queue at a glance.
 *
 * @param open  the run begun last if it was not summed up: under way, or killed
 * @param ended the last runs that were summed up, latest first
 * @param lanes every lane that has or had items, by name
 */
public record Overview(Optional<Runs.RunRecord> open, List<RunSummary> ended, List<Items.LaneCounts> lanes) {
    public Overview {
        ended = List.copyOf(ended);
        lanes = List.copyOf(lanes);
    }

    /**
     * Looks at the database now.
     *
     * @param limit the most runs, at least 1
     */
    public static Overview of(Runs runs, Reports reports, Items items, int limit) {
        return new Overview(
                runs.latest().filter(run -> reports.find(run.id()).isEmpty() || run.status() == Runs.Status.RUNNING),
                reports.recent(limit),
                items.lanes());
    }

    /** Aligned lines for a terminal. */
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

    /** A night that read nothing must not look like a quiet one. */
    private String warning() {
        return ended.stream()
                .limit(1)
                .filter(RunSummary::readNoPage)
                .map(run -> "Warning: run " + run.runId() + " read nothing, so that nothing could be found; "
                        + SummaryText.CHECK + " --run " + run.runId() + "\n")
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
