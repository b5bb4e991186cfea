package org.markwatch.crawl.revisit;

import org.jspecify.annotations.Nullable;

/**
 * What earlier visits recorded of a URL.
 *
 * @param disposition label of the current disposition, null before the first visit
 * @param schedule    current revisit schedule
 * @param history     page history, null if no text of the page is kept
 */
public record EarlierVisits(
        @Nullable String disposition,
        RevisitSchedule schedule,
        @Nullable PageHistory history) {
    public static final EarlierVisits NONE = new EarlierVisits(null, RevisitSchedule.EVERY_NIGHT, null);
}
