package org.markwatch.crawl.fetch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition;
import org.markwatch.url.HttpUrl;

/** The result of one HTTP exchange of a visit. A visit takes one, and one more for each redirect and retry. */
public sealed interface ExchangeResult {
    /** The exchange ends the visit with a disposition. */
    record Completed(Disposition disposition) implements ExchangeResult {}

    /**
     * The server redirects the visit.
     *
     * @param target canonical URL to request next; scope, port and file name are checked already
     */
    record Redirect(HttpUrl target) implements ExchangeResult {}

    /**
     * The exchange failed in a way that a later attempt may not.
     *
     * @param fault      class of the fault
     * @param retryAfter delay that the server requests by {@code Retry-After}, null if it requests none
     * @param failure    the disposition if there is no further attempt
     */
    record Retryable(HostFault fault, @Nullable Duration retryAfter, Disposition.Failed failure)
            implements ExchangeResult {}

    /** Classes of faults, by what they imply for the host. */
    enum HostFault {
        /**
         * No connection to the host, or to its proxy: the name does not resolve, the connection is refused, TLS fails.
         */
        UNREACHABLE,
        /**
         * The host answers 429 or 503 (for robots.txt any 5xx), does not respond in time, or serves a robots.txt that
         * cannot be read.
         */
        BUSY,
        /** Implies nothing for the host: a connection broke, or no memory for the body came free. */
        TRANSIENT
    }
}
