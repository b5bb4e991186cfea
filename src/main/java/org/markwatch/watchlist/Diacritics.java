package org.markwatch.watchlist;

/** What marks on Latin letters are to matching. */
public enum Diacritics {
    /** Part of the letter: {@code Vísa} is not Visa. */
    KEEP,
    /** The same, and each text is read once more without them, for part of the points, as a disguise is. */
    DROP
}
