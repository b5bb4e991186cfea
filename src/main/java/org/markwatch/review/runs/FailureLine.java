package org.markwatch.review.runs;

import org.markwatch.report.RunFailures.RunFailure;
import org.markwatch.review.Defanged;
import org.markwatch.review.DisplayText;
import org.markwatch.review.Moment;

/** The last failure of a run or of the schedule; the reason may hold text of crawled pages. */
record FailureLine(String at, String what, String reason) {
    static FailureLine of(RunFailure failure) {
        return new FailureLine(
                Moment.utc(failure.at()),
                failure.run().isPresent()
                        ? "Run " + failure.run().getAsLong() + " failed"
                        : "A scheduled run did not start",
                DisplayText.escape(Defanged.inText(failure.reason())));
    }
}
