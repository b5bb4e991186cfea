package org.markwatch.review;

import java.time.Duration;
import java.time.Instant;

/**
 * The end of a lease as pages show it.
 *
 * @param millisLeft time to the end when the page was made, for the script that shows the rest; the clock of the browser
 *                   may differ
 * @param text       time of the end to the minute
 */
record LeaseEnd(long millisLeft, String text) {
    static LeaseEnd of(Instant end, Instant now) {
        return new LeaseEnd(Duration.between(now, end).toMillis(), Moment.utc(end));
    }
}
