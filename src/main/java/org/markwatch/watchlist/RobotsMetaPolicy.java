package org.markwatch.watchlist;

/** What {@code <meta name=robots>}, {@code X-Robots-Tag} and {@code rel=nofollow} mean to a crawl; robots.txt is another matter. */
public enum RobotsMetaPolicy {
    /** Nothing: they speak to search engines about their index. */
    IGNORE,
    /** Links marked nofollow, and those of a page that says so, are not followed. */
    NOFOLLOW,
    /** That, and the text of a page that says noindex is not kept. */
    OBEY
}
