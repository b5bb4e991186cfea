package org.markwatch.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.markwatch.queue.Items;

/**
 * An overview of the latest runs and of the queue.
 *
 * @param runs  the last runs, latest first
 * @param lanes every lane that has items in any state, by name
 */
public record Overview(List<ListedRun> runs, List<Items.LaneCounts> lanes) {
    public Overview {
        runs = List.copyOf(runs);
        lanes = List.copyOf(lanes);
    }

    /**
     * Reads the overview from the database.
     *
     * @param limit maximum number of runs, at least 1
     */
    public static Overview of(RunHistory runs, Items items, int limit) {
        return new Overview(runs.before(Long.MAX_VALUE, limit), items.lanes());
    }

    /** Returns the runs as aligned lines for a terminal, with what an operator should know of the last one. */
    public String runsToText() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "RUN",
                "KIND",
                "STATUS",
                "STARTED (UTC)",
                "STARTS",
                "TOOK",
                "PAGES",
                "READ",
                "MATCHES",
                "NEW",
                "REOPENED",
                "RAISED",
                "LOWERED",
                "DROPPED"));
        runs.forEach(run -> rows.add(cells(run)));
        return (runs.isEmpty() ? "No run yet.\n" : table(rows)) + advice();
    }

    /** Returns the lanes of the queue as aligned lines for a terminal. */
    public String queueToText() {
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
        return queue.size() == 1 ? "The queue is empty.\n" : table(queue);
    }

    /** Tells what became of the last run, so that one without text is not taken for one without findings. */
    private String advice() {
        if (runs.isEmpty()) {
            return "";
        }
        ListedRun last = runs.getFirst();
        String run = "run " + last.id();
        if (last.isKilled()) {
            return "The process of " + run + " was killed; '" + (last.kind().equals("rescan") ? "rescan" : "run")
                    + "' resumes it.\n";
        }
        if (last.summary() != null && last.summary().readNoPage()) {
            return "Warning: " + run + " obtained no text from any page, so it could find nothing; "
                    + SummaryText.ADVICE + " --run " + last.id() + "\n";
        }
        return "";
    }

    private static List<String> cells(ListedRun run) {
        List<String> cells = new ArrayList<>(List.of(
                Long.toString(run.id()),
                run.kind(),
                run.status(),
                SummaryText.time(run.startedAt()),
                Integer.toString(run.starts())));
        RunSummary summary = run.summary();
        if (summary == null) {
            String pages = run.known() == 0 ? "" : run.done() + " of " + run.known();
            cells.addAll(List.of("", pages, "", "", "", "", "", "", ""));
        } else {
            cells.addAll(List.of(
                    SummaryText.duration(summary.startedAt(), summary.endedAt()),
                    Long.toString(summary.pages().total()),
                    Long.toString(summary.pages().read()),
                    Long.toString(summary.matches()),
                    Long.toString(summary.items().added()),
                    Long.toString(summary.items().reopened()),
                    Long.toString(summary.items().raised()),
                    Long.toString(summary.items().lowered()),
                    Long.toString(summary.items().dropped())));
        }
        return cells;
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
