package org.markwatch.queue;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A decision of a reviewer on an item. Decisions are never changed or deleted.
 *
 * @param id             number of the decision
 * @param itemId         number of the item
 * @param kind           what was decided
 * @param severity       severity in the judgement of the reviewer
 * @param confidence     how sure the reviewer was
 * @param reason         reason, never empty
 * @param note           note for colleagues, or empty
 * @param validUntil     last day (UTC) of an authorisation, null for any other kind
 * @param duplicateOf    number of the other item, null unless the kind is {@link DecisionKind#DUPLICATE_OF}
 * @param reviewer       account name
 * @param at             when it was made
 * @param evidenceSha256 {@link Item#evidenceSha256} that the reviewer saw
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
