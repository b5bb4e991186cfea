package org.markwatch.watchlist;

/** How a crawl treats a host whose TLS certificate is not valid. */
public enum TlsPolicy {
    /** Sends it no request; its URLs fail with the reason. */
    STRICT,
    /** Fetches its pages and records the reason with each of them. */
    RECORD
}
