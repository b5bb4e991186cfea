package org.markwatch.queue.welfare;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How long a person may work on items.
 *
 * @param daily      longest time in a day
 * @param continuous longest time without a break
 * @param pause      shortest break
 * @param zone       time zone in which a day begins
 */
public record ExposureLimits(Duration daily, Duration continuous, Duration pause, ZoneId zone) {}
