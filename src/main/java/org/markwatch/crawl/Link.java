package org.markwatch.crawl;

import java.net.URI;

/**
 * A reference that may be followed (rule T1: a, area, frame, iframe, canonical, alternate, next, meta refresh).
 *
 * @param url absolute URL as written, not yet normalised
 * @param rel where it came from: {@code a}, {@code area}, {@code frame}, {@code canonical}, {@code alternate},
 *            {@code next}, {@code refresh}, {@code feed}, {@code sitemap}
 * @param nofollow whether the page asks robots not to follow it, by itself or with all its links
 */
public record Link(URI url, String rel, boolean nofollow) {
    /** A link that may be followed. */
    public Link(URI url, String rel) {
        this(url, rel, false);
    }
}
