package org.markwatch.queue;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer wants to decide.
 *
 * @param kind        the finding
 * @param severity       how grave it is in the reviewer's eyes, one of {@link QueuePolicy#severities}
 * @param confidence     how sure the reviewer is
 * @param reason         why, 1 to {@value #MAX_REASON} characters
 * @param note           more for colleagues, up to {@value #MAX_NOTE} characters, or empty
 * @param validUntil     last day (UTC) of an authorisation; given for {@link DecisionKind#AUTHORISED_MERCHANT} only
 * @param duplicateOf    the other item; given for {@link DecisionKind#DUPLICATE_OF} only
 * @param evidenceSha256 {@link Item#evidenceSha256} of the item as the reviewer saw it
 */
public record DecisionRequest(
        DecisionKind kind,
        String severity,
        Confidence confidence,
        String reason,
        String note,
        @Nullable LocalDate validUntil,
        @Nullable Long duplicateOf,
        String evidenceSha256) {
    /** The most characters of a reason. */
    public static final int MAX_REASON = 200;
    /** The most characters of a note. */
    public static final int MAX_NOTE = 4000;

    /** @throws IllegalArgumentException with a sentence for the reviewer */
    public DecisionRequest {
        reason = StoredText.of(reason.strip());
        note = StoredText.of(note.strip());
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("Give a reason of 1 to " + MAX_REASON + " characters.");
        }
        if (note.length() > MAX_NOTE) {
            throw new IllegalArgumentException(
                    "The note has " + note.length() + " characters; " + MAX_NOTE + " are allowed.");
        }
        if ((kind == DecisionKind.AUTHORISED_MERCHANT) != (validUntil != null)) {
            throw new IllegalArgumentException(
                    "An authorised merchant needs the last day of the authorisation, and no other decision has one.");
        }
        if ((kind == DecisionKind.DUPLICATE_OF) != (duplicateOf != null)) {
            throw new IllegalArgumentException(
                    "A duplicate needs the number of the other item, and no other decision has one.");
        }
    }
}
