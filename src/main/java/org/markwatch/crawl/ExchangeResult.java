package org.markwatch.crawl;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one request came to. */
sealed interface ExchangeResult {
    /** The visit is over. */
    record Completed(Disposition disposition) implements ExchangeResult {}

    /** The visit goes on at another URL, which may be asked for. */
    record Redirect(URI target) implements ExchangeResult {}

    /**
     * Worth another attempt.
     *
     * @param fault    what kind of trouble it was
     * @param retryAfter how long the server asks to be left alone, null if it does not say
     * @param failure  the disposition if there is no further attempt
     */
    record Retryable(HostFault fault, @Nullable Duration retryAfter, Disposition.Failed failure)
            implements ExchangeResult {}

    /** Kinds of trouble, by what they say about the host. */
    enum HostFault {
        /** Cannot be reached at all: no such name, connection refused. */
        UNREACHABLE,
        /** Asks for patience, or is slow. */
        BUSY,
        /** A connection was lost, perhaps one that the server had closed between two requests. */
        TRANSIENT
    }
}
