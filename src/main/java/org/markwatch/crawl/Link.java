package org.markwatch.crawl;

import org.markwatch.url.HttpUrl;

/**
 * A link of a page to another page (a, area, frame, iframe, canonical, alternate, next, meta refresh), a feed or a
 * sitemap.
 *
 * @param url URL of the page
 * @param rel kind of the link: {@code a}, {@code area}, {@code frame} (also for iframe), {@code canonical},
 *            {@code alternate}, {@code next}, {@code refresh}, {@code feed}, {@code sitemap}
 * @param nofollow whether the page marks this link, or all its links, as nofollow
 */
public record Link(HttpUrl url, String rel, boolean nofollow) {
    /** Longest URL in characters that the crawl follows. */
    public static final int MAX_URL_LENGTH = 2048;

    /** Creates a link without nofollow. */
    public Link(HttpUrl url, String rel) {
        this(url, rel, false);
    }
}
