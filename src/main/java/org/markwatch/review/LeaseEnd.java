package org.markwatch.review;

import java.time.Duration;
import java.time.Instant;

/**
 * The end of a lease as pages show it.
 *
 * @param millisLeft time to the end when the page was made, for the script that shows the rest; the clock of the browser
 *                   may differ
 * @param at         time of the end
 */
record LeaseEnd(long millisLeft, Instant at) {
    static LeaseEnd of(Instant end, Instant now) {
        return new LeaseEnd(Duration.between(now, end).toMillis(), end);
    }
}
