package org.markwatch.queue;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A decision that a reviewer submits.
 *
 * @param kind           what the reviewer decides
 * @param severity       severity in the judgement of the reviewer, one of {@link QueuePolicy#severities}
 * @param confidence     how sure the reviewer is
 * @param reason         reason, 1 to {@value #MAX_REASON} characters
 * @param note           note for colleagues, up to {@value #MAX_NOTE} characters, or empty
 * @param validUntil     last day (UTC) of an authorisation; given for {@link DecisionKind#AUTHORISED_MERCHANT} only
 * @param duplicateOf    number of the other item; given for {@link DecisionKind#DUPLICATE_OF} only
 * @param evidenceSha256 {@link Item#evidenceSha256} of the item that the reviewer saw
 * @param action         what is to be done once the decision is final
 */
public record DecisionRequest(
        DecisionKind kind,
        String severity,
        Confidence confidence,
        String reason,
        String note,
        @Nullable LocalDate validUntil,
        @Nullable Long duplicateOf,
        String evidenceSha256,
        ActionKind action) {
    /** Maximum length of a reason, in characters. */
    public static final int MAX_REASON = 200;
    /** Maximum length of a note, in characters. */
    public static final int MAX_NOTE = 4000;

    /**
     * @throws IllegalArgumentException if a value is missing or too long; the message is a sentence for the reviewer
     */
    public DecisionRequest {
        reason = StoredText.of(reason.strip());
        note = StoredText.of(note.strip());
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            throw new EntryException(Sentence.of("refusal.enter-reason-characters", MAX_REASON));
        }
        if (note.length() > MAX_NOTE) {
            throw new EntryException(Sentence.of("refusal.note-has-characters-at", note.length(), MAX_NOTE));
        }
        if ((kind == DecisionKind.AUTHORISED_MERCHANT) != (validUntil != null)) {
            throw new EntryException(Sentence.of("refusal.enter-last-day-authorisation"));
        }
        if ((kind == DecisionKind.DUPLICATE_OF) != (duplicateOf != null)) {
            throw new EntryException(Sentence.of("refusal.enter-number-other-item"));
        }
    }

    /** Returns the same decision on other evidence. */
    public DecisionRequest on(String otherEvidenceSha256) {
        return new DecisionRequest(
                kind, severity, confidence, reason, note, validUntil, duplicateOf, otherEvidenceSha256, action);
    }

    /** Creates a request with the usual action of the kind. */
    public DecisionRequest(
            DecisionKind kind,
            String severity,
            Confidence confidence,
            String reason,
            String note,
            @Nullable LocalDate validUntil,
            @Nullable Long duplicateOf,
            String evidenceSha256) {
        this(kind, severity, confidence, reason, note, validUntil, duplicateOf, evidenceSha256, kind.usualAction());
    }

    /** Returns whether a decision has the values of this request. */
    boolean isSameAs(Decision made) {
        return made.kind() == kind
                && made.confidence() == confidence
                && made.reason().equals(reason)
                && made.note().equals(note)
                && Objects.equals(made.validUntil(), validUntil)
                && Objects.equals(made.duplicateOf(), duplicateOf)
                && made.evidenceSha256().equals(evidenceSha256);
    }

    /** Returns what the audit records of the decision that was stored for this request. */
    Map<String, Object> auditDetails(long id) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("decision", id);
        details.put("verdict", kind().label());
        if (kind().hasSeverity()) {
            details.put("severity", severity());
        }
        details.put("confidence", confidence().label());
        details.put("reason", reason());
        details.put("note", note());
        details.put("action", action().label());
        details.put("evidence", evidenceSha256());
        if (validUntil != null) {
            details.put("validUntil", validUntil.toString());
        }
        if (duplicateOf != null) {
            details.put("duplicateOf", duplicateOf);
        }
        return details;
    }
}
