package org.markwatch.review;

import org.markwatch.url.HttpUrl;

/**
 * Lets the console ask for a page to be requested again. An application that has the crawl database provides this bean;
 * without it, re-crawls stay to be done.
 */
public interface RecrawlRequests {
    /**
     * Makes a page due in the next night.
     *
     * @param page final URL of the page
     * @return whether the crawl knows the page
     */
    boolean dueNextNight(HttpUrl page);
}
