package org.markwatch.watchlist;

/** How far from a seed a crawl may go. */
public enum Scope {
    /** The seed's host and port only. */
    HOST,
    /** Every host under the seed's registrable domain (public suffix list). */
    DOMAIN,
    /** The seed's host, and paths below the seed's folder. */
    PATH
}
