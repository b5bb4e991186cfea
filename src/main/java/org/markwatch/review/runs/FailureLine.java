package org.markwatch.review.runs;

import java.time.Instant;
import org.markwatch.report.RunFailures.RunFailure;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.Defanged;
import org.markwatch.review.DisplayText;

/** The last failure of a run or of the schedule; the reason may hold text of crawled pages. */
record FailureLine(Instant at, String what, String reason) {
    static FailureLine of(RunFailure failure, ConsoleWords words) {
        return new FailureLine(
                failure.at(),
                failure.run().isPresent()
                        ? words.text("runs.run-failed", failure.run().getAsLong())
                        : words.text("runs.scheduled-run-did-not"),
                DisplayText.escape(Defanged.inText(failure.reason())));
    }
}
