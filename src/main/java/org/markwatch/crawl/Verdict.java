package org.markwatch.crawl;

import java.net.URI;

/** What came of a page's text. */
public sealed interface Verdict<R> {
    /** It was judged now. */
    record Fresh<R>(R value) implements Verdict<R> {}

    /**
     * Nothing that it depends on has changed, so an earlier run's verdict stands.
     *
     * @param page final URL of the page
     * @param run  the run that judged it
     */
    record Standing<R>(URI page, long run) implements Verdict<R> {}
}
