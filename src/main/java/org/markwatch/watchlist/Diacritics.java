package org.markwatch.watchlist;

/** How matching treats diacritics on Latin letters. */
public enum Diacritics {
    /** Matches letters with their diacritics only: {@code Vísa} does not match Visa. */
    KEEP,
    /** Also matches text without its diacritics, as a disguised spelling, for a part of the points. */
    DROP
}
