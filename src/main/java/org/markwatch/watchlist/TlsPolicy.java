package org.markwatch.watchlist;

/** What becomes of a site whose certificate is not in order. */
public enum TlsPolicy {
    /** It is not asked for anything; its URLs fail and say what is wrong. */
    STRICT,
    /** It is read all the same, and what is wrong is noted with each page. */
    RECORD
}
