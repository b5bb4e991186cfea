package org.markwatch.watchlist;

/**
 * How a crawl treats {@code <meta name=robots>}, {@code X-Robots-Tag} and {@code rel=nofollow}. It does not concern
 * robots.txt.
 */
public enum RobotsMetaPolicy {
    /** Ignores them, as they address the index of search engines. */
    IGNORE,
    /** Does not follow nofollow links, nor any link of a nofollow page. */
    NOFOLLOW,
    /** Like {@link #NOFOLLOW}; also discards the text of noindex pages. */
    OBEY
}
