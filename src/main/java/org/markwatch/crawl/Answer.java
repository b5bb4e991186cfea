package org.markwatch.crawl;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one request came to. */
sealed interface Answer {
    /** The visit is over. */
    record Ended(Fetch fetch) implements Answer {}

    /** The visit goes on at another URL, which may be asked for. */
    record Moved(URI target) implements Answer {}

    /**
     * Worth another attempt.
     *
     * @param trouble    what kind of trouble it was
     * @param retryAfter how long the server asks to be left alone, null if it does not say
     * @param otherwise  the disposition if there is no further attempt
     */
    record Later(Trouble trouble, @Nullable Duration retryAfter, Fetch.Failed otherwise) implements Answer {}

    /** Kinds of trouble, by what they say about the host. */
    enum Trouble {
        /** Cannot be reached at all: no such name, connection refused. */
        UNREACHABLE,
        /** Asks for patience, or is slow. */
        BUSY,
        /** A connection was lost, perhaps one that the server had closed between two requests. */
        LOST
    }
}
