package org.markwatch.crawl;

import org.markwatch.url.HttpUrl;

/**
 * The result of the analysis of a page.
 *
 * @param <R> result of the rules
 */
public sealed interface PageOutcome<R> {
    /**
     * The rules were applied in this run.
     *
     * @param result   what they gave
     * @param sameText whether other rules were applied to the same text in an earlier run
     */
    record NewResult<R>(R result, boolean sameText) implements PageOutcome<R> {}

    /**
     * Neither the page nor the rules have changed, so the result of an earlier run is reused.
     *
     * @param page final URL of the page
     * @param run  id of the run that applied the rules
     */
    record EarlierResult<R>(HttpUrl page, long run) implements PageOutcome<R> {}
}
