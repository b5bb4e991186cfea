package org.markwatch.review.runs;

import org.markwatch.report.HostFailures.FailedPages;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.Defanged;
import org.markwatch.url.HttpUrl;

/** URLs that failed on a host, with the host defanged. */
record HostRow(String host, String cause, String pages) {
    static HostRow of(FailedPages failed, ConsoleWords words) {
        return new HostRow(
                Defanged.of(HttpUrl.of(failed.host() + "/")).origin(),
                words.label("cause", failed.cause()),
                words.number(failed.pages()));
    }
}
