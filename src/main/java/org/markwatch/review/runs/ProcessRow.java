package org.markwatch.review.runs;

import org.markwatch.review.ConsoleWords;
import org.markwatch.review.RunControl.RunProcess;
import org.markwatch.review.ZoneTimes;

/**
 * A process that works on a run, as text for a page and for its events.
 *
 * @param id       number of its lease
 * @param name     number of the process, and machine
 * @param role     what it does for the run
 * @param since    since when, in the time zone of the account
 * @param sinceUtc the same for machines
 * @param held     parts of the run that it has claimed and not finished
 * @param done     parts that it has finished
 * @param sign     when it gave its last sign of life
 * @param problem  why others may take its parts over; empty if it lives
 */
record ProcessRow(
        long id,
        String name,
        String role,
        String since,
        String sinceUtc,
        String held,
        String done,
        String sign,
        String problem) {
    static ProcessRow of(RunProcess process, ConsoleWords words, ZoneTimes times) {
        return new ProcessRow(
                process.id(),
                process.name(),
                words.label("run", "process-" + process.role()),
                times.text(process.since()),
                times.machine(process.since()),
                words.number(process.held()),
                words.number(process.done()),
                words.text("run.seconds-ago", process.quietFor().toSeconds()),
                problem(process, words));
    }

    private static String problem(RunProcess process, ConsoleWords words) {
        return switch (process.life()) {
            case LIVES -> "";
            case SESSION_ENDED -> words.text("run.process-session-ended");
            case SILENT -> words.text("run.process-silent", process.lease().toSeconds());
        };
    }
}
