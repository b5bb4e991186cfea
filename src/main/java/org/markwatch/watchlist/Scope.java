package org.markwatch.watchlist;

/** Which URLs belong to a seed. */
public enum Scope {
    /** URLs with the seed's host and port. */
    HOST,
    /** URLs of every host under the seed's registrable domain (public suffix list). */
    DOMAIN,
    /** URLs with the seed's host and port, in or below the folder of the seed's path. */
    PATH
}
