package org.markwatch.review.context;

import java.time.Instant;
import java.util.List;
import org.markwatch.url.HttpUrl;

/**
 * Gives the console what the crawl knows of a page besides its last fetch. An application that has the crawl database
 * provides this bean; without it the console shows none of it. Texts are as the server sent them: escape them.
 */
public interface PageSurroundings {
    /** Returns the dispositions of a page, latest first. */
    List<PastVisit> visits(HttpUrl page, int limit);

    /** Returns URLs that redirect to a page. */
    List<HttpUrl> redirectsTo(HttpUrl page, int limit);

    /** Returns headings, form fields and list items of the kept text of a page in their order; empty if no text is kept. */
    List<OutlineLine> outline(HttpUrl page, int limit);

    /**
     * A disposition, which later runs may have found again.
     *
     * @param run         the first run that found it
     * @param at          when
     * @param disposition fetched, not-modified, redirected, refused, disallowed or failed
     * @param status      HTTP status, 0 without a response
     * @param why         what was refused or what failed, or empty
     * @param certificate fault of the certificate; empty if there is none
     */
    record PastVisit(long run, Instant at, String disposition, int status, String why, String certificate) {}

    /**
     * A line of the outline.
     *
     * @param kind   what it is, for example {@code h1}, {@code form placeholder}, {@code list item}
     * @param text   text of the page
     * @param hidden whether markup or style hides it from a visitor
     */
    record OutlineLine(String kind, String text, boolean hidden) {}
}
