package org.markwatch.crawl;

import java.net.URI;

/** What came of a page's text. */
public sealed interface PageOutcome<R> {
    /** It was judged now. */
    record NewResult<R>(R result) implements PageOutcome<R> {}

    /**
     * Nothing that it depends on has changed, so an earlier run's verdict stands.
     *
     * @param page final URL of the page
     * @param run  the run that judged it
     */
    record StandingResult<R>(URI page, long run) implements PageOutcome<R> {}
}
