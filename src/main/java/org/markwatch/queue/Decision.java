package org.markwatch.queue;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided on an item; never changed, never deleted.
 *
 * @param id             number of the decision
 * @param itemId         the item
 * @param kind        the finding
 * @param severity       how grave it was in the reviewer's eyes
 * @param confidence     how sure the reviewer was
 * @param reason         why, never empty
 * @param note           more for colleagues, or empty
 * @param validUntil     last day (UTC) of an authorisation, null for any other verdict
 * @param duplicateOf    the other item, null unless it is a duplicate
 * @param reviewer       account name
 * @param at             when
 * @param evidenceSha256 what the reviewer saw
 */
public record Decision(
        long id,
        long itemId,
        DecisionKind kind,
        String severity,
        Confidence confidence,
        String reason,
        String note,
        @Nullable LocalDate validUntil,
        @Nullable Long duplicateOf,
        String reviewer,
        Instant at,
        String evidenceSha256) {}
