package org.markwatch.review.runs;

import java.util.List;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.RunControl.RunProcess;
import org.markwatch.review.RunControl.Sharing;
import org.markwatch.review.ZoneTimes;

/**
 * Who works on a run, as text for a page and for its events.
 *
 * @param shared how many parts of the run are done, held and free, a sentence
 * @param rows   processes, the one that leads the run first
 */
record LiveProcesses(String shared, List<ProcessRow> rows) {
    LiveProcesses {
        rows = List.copyOf(rows);
    }

    static LiveProcesses of(Sharing sharing, ConsoleWords words, ZoneTimes times) {
        return new LiveProcesses(
                shared(sharing, words),
                sharing.processes().stream()
                        .map(process -> ProcessRow.of(process, words, times))
                        .toList());
    }

    private static String shared(Sharing sharing, ConsoleWords words) {
        if (sharing.partitions() == 0) {
            return words.text("run.not-divided");
        }
        if (sharing.done() == sharing.partitions()) {
            return words.text("run.partitions-all-done", sharing.partitions());
        }
        int held = sharing.processes().stream().mapToInt(RunProcess::held).sum();
        return words.text(
                "run.partitions-done-held-free",
                sharing.partitions(),
                sharing.done(),
                held,
                Math.max(0, sharing.partitions() - sharing.done() - held));
    }
}
