package org.markwatch.crawl;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What earlier runs know of a page, as far as a crawler needs it.
 *
 * @param urlHash        of its canonical URL, as in table {@code frontier}
 * @param finalUrl    where it was read
 * @param contentType media type
 * @param textSha256  hex SHA-256 of the normalised text
 * @param contentSha256  hex SHA-256 of what the rules see
 * @param readBy      what it was read by, as in {@link PageAnalyser#extractorVersion}
 * @param rules       what it was judged by
 * @param run         the run that holds its verdict, null if that run is gone
 * @param dueAt       from when on it is to be asked for again
 */
record PageHistory(
        UUID urlHash,
        URI finalUrl,
        Validators validators,
        String contentType,
        String textSha256,
        String contentSha256,
        UUID readBy,
        UUID rules,
        @Nullable Long run,
        Instant dueAt,
        RevisitSchedule schedule) {

    /** The verdict of the earlier run, if these rules would come to the same; else null. */
    <R> PageOutcome.@Nullable StandingResult<R> reusableOutcome(UUID today) {
        return run != null && rules.equals(today) ? new PageOutcome.StandingResult<>(finalUrl, run) : null;
    }
}
