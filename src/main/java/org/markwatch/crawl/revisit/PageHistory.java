package org.markwatch.crawl.revisit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.PageOutcome;
import org.markwatch.crawl.Validators;
import org.markwatch.url.HttpUrl;

/**
 * What earlier runs stored about a page, as far as a crawl needs it.
 *
 * @param finalUrl      URL that served the text, that of the page
 * @param validators    validators for a conditional request
 * @param contentType   media type
 * @param textSha256    hex SHA-256 of the normalised text
 * @param contentSha256 hex SHA-256 of the content that the rules are applied to
 * @param shell         whether the page says nothing without scripts
 * @param extractorVersion version of the extraction, as
 *                      {@link org.markwatch.crawl.PageAnalyser#extractorVersion} returns it
 * @param rules         identifier of the rules that analysed the page last, as
 *                      {@link org.markwatch.crawl.PageAnalyser#rulesVersion} returns it
 * @param run           run that holds the result of that analysis; null if the run was deleted, or for the current run
 * @param dueAt         when the next request is due
 * @param schedule      revisit schedule
 */
public record PageHistory(
        HttpUrl finalUrl,
        Validators validators,
        String contentType,
        String textSha256,
        String contentSha256,
        boolean shell,
        UUID extractorVersion,
        UUID rules,
        @Nullable Long run,
        Instant dueAt,
        RevisitSchedule schedule) {

    /** Returns the result of the earlier run if it stems from the current rules, otherwise null. */
    <R> PageOutcome.@Nullable EarlierResult<R> reusableOutcome(UUID currentRules) {
        return run != null && rules.equals(currentRules) ? new PageOutcome.EarlierResult<>(finalUrl, run) : null;
    }
}
