package org.markwatch.queue.welfare;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long an account has worked on items.
 *
 * @param today    time in the present day
 * @param left     time until a break is due or the day's time is used up, 0 or more
 * @param until    end of the break, or of the day if its time is used up; null if the account may work
 * @param dayIsOver whether the day's time is used up
 */
public record Standing(
        Duration today, Duration left, @Nullable Instant until, boolean dayIsOver) {}
