package org.markwatch.job;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.markwatch.crawl.run.Runs;

/**
 * How a run starts. Its text tells an operator which run it is, what is left of it, and which one is left unfinished.
 *
 * @param run       the run
 * @param execution number of this start of the run, 1 or more
 * @param progress  URLs that a night has to visit, and those that it has visited in earlier executions; zero for a
 *                  rescan
 * @param left      which unfinished run is not resumed and why, as a sentence; empty if there is none
 */
public record RunStart(Runs.RunRecord run, int execution, Runs.Progress progress, String left) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Returns whether an unfinished run is resumed. */
    public boolean resumed() {
        return execution > 1;
    }

    /** Returns the name of a run with the time of its first start. */
    static String nameOf(Runs.RunRecord run) {
        return "Run " + run.id() + " of " + time(run.startedAt());
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    @Override
    public String toString() {
        if (!resumed()) {
            return (left.isEmpty() ? "" : left + " ") + "Run " + run.id() + " begins.";
        }
        if (run.kind() == Runs.RunKind.RESCAN) {
            return nameOf(run) + " is resumed (start " + execution
                    + "): it goes on after the pages that it has analysed.";
        }
        String rest = progress.known() == 0
                ? "it has not visited any URL yet"
                : "%,d of %,d known URLs are left".formatted(progress.known() - progress.done(), progress.known());
        return nameOf(run) + " is resumed (start " + execution + "): " + rest + ".";
    }
}
