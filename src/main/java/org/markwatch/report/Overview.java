package org.markwatch.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.run.Runs;
import org.markwatch.queue.Items;

/**
 * An overview of the latest runs and of the queue.
 *
 * @param runs  the last runs, latest first
 * @param lanes every lane that has items in any state, by name
 */
public record Overview(List<RunLine> runs, List<Items.LaneCounts> lanes) {
    public Overview {
        runs = List.copyOf(runs);
        lanes = List.copyOf(lanes);
    }

    /**
     * A run in the overview.
     *
     * @param run        the run
     * @param active     whether a process is working on it
     * @param executions number of its starts, 1 or more
     * @param progress   URLs that it has to visit and has visited
     * @param summary    its summary; null if it has not ended or was killed
     */
    public record RunLine(
            Runs.RunRecord run,
            boolean active,
            int executions,
            Runs.Progress progress,
            @Nullable RunSummary summary) {
        /** Returns whether the process that worked on the run ended without a stop. */
        boolean isKilled() {
            return run.status() == Runs.Status.RUNNING && !active;
        }

        private String status() {
            return isKilled() ? "killed" : run.status().name().toLowerCase(Locale.ROOT);
        }

        private List<String> cells() {
            List<String> cells = new ArrayList<>(List.of(
                    Long.toString(run.id()),
                    run.kind().name().toLowerCase(Locale.ROOT),
                    status(),
                    SummaryText.time(run.startedAt()),
                    Integer.toString(executions)));
            if (summary == null || run.status() == Runs.Status.RUNNING) {
                String pages = progress.known() == 0 ? "" : progress.done() + " of " + progress.known();
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
    }

    /**
     * Reads the overview from the database.
     *
     * @param limit maximum number of runs, at least 1
     */
    public static Overview of(Runs runs, Reports reports, Items items, int limit) {
        long active = runs.active().map(Runs.ActiveRun::id).orElse(0L);
        List<RunLine> lines = runs.recent(limit).stream()
                .map(run -> new RunLine(
                        run,
                        run.id() == active,
                        runs.executions(run.id()).size(),
                        runs.progress(run.id()),
                        reports.find(run.id()).orElse(null)))
                .toList();
        return new Overview(lines, items.lanes());
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
        runs.forEach(line -> rows.add(line.cells()));
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
        RunLine last = runs.getFirst();
        String run = "run " + last.run().id();
        if (last.isKilled()) {
            return "The process of " + run + " was killed; '"
                    + (last.run().kind() == Runs.RunKind.RESCAN ? "rescan" : "run") + "' resumes it.\n";
        }
        if (last.summary() != null && last.summary().readNoPage()) {
            return "Warning: " + run + " obtained no text from any page, so it could find nothing; "
                    + SummaryText.ADVICE + " --run " + last.run().id() + "\n";
        }
        return "";
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
