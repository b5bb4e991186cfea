package org.markwatch.match;

import java.util.List;

/**
 * What was found in a page.
 *
 * @param matches ordered by field, place and rule
 * @param dropped matches of rules that have some, not kept since the page has {@value #MOST_MATCHES} already
 * @param title   the page's title, without what is restricted
 */
public record PageMatches(List<Match> matches, int dropped, String title) {
    /** Matches kept of one page, but for the first of each rule; the rest of a page that is nothing but matches is counted. */
    static final int MOST_MATCHES = 10_000;

    public PageMatches {
        matches = List.copyOf(matches);
    }
}
