package org.markwatch.crawl;

import java.net.URI;

/**
 * A link of a page to another page (a, area, frame, iframe, canonical, alternate, next, meta refresh), a feed or a
 * sitemap.
 *
 * @param url absolute URL as written, not canonical
 * @param rel kind of the link: {@code a}, {@code area}, {@code frame} (also for iframe), {@code canonical},
 *            {@code alternate}, {@code next}, {@code refresh}, {@code feed}, {@code sitemap}
 * @param nofollow whether the page marks this link, or all its links, as nofollow
 */
public record Link(URI url, String rel, boolean nofollow) {
    /** Creates a link without nofollow. */
    public Link(URI url, String rel) {
        this(url, rel, false);
    }
}
