package org.markwatch.review;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Confidence;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.DecisionRequest;
import org.markwatch.queue.Item;

/**
 * The decision form as submitted; the console shows it again if a value is missing or not valid.
 *
 * @param evidence {@link Item#evidenceSha256} that the page with the form showed
 */
record DecisionForm(
        String verdict,
        String severity,
        String confidence,
        String reason,
        String note,
        String validUntil,
        String duplicateOf,
        String evidence) {
    DecisionForm(
            @Nullable String verdict,
            @Nullable String severity,
            @Nullable String confidence,
            @Nullable String reason,
            @Nullable String note,
            @Nullable String validUntil,
            @Nullable String duplicateOf,
            @Nullable String evidence) {
        this.verdict = orEmpty(verdict);
        this.severity = orEmpty(severity);
        this.confidence = orEmpty(confidence);
        this.reason = orEmpty(reason);
        this.note = orEmpty(note);
        this.validUntil = orEmpty(validUntil);
        this.duplicateOf = orEmpty(duplicateOf);
        this.evidence = orEmpty(evidence);
    }

    static DecisionForm empty(Item item) {
        return new DecisionForm("", item.severity(), "", "", "", "", "", item.evidenceSha256());
    }

    /**
     * Returns the form as a request. Ignores the values of fields that belong to another kind of decision.
     *
     * @throws IllegalArgumentException if a value is missing or not valid; the message is a sentence for the reviewer
     */
    DecisionRequest toRequest() {
        DecisionKind chosen = choice(DecisionKind.class, verdict, "a decision");
        return new DecisionRequest(
                chosen,
                severity,
                choice(Confidence.class, confidence, "how sure you are"),
                reason,
                note,
                chosen == DecisionKind.AUTHORISED_MERCHANT ? date() : null,
                chosen == DecisionKind.DUPLICATE_OF ? item() : null,
                evidence);
    }

    private @Nullable LocalDate date() {
        if (validUntil.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(validUntil.strip());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "The last day of the authorisation must be a date such as 2026-12-31.", e);
        }
    }

    private @Nullable Long item() {
        String digits = duplicateOf.strip().replaceFirst("^#", "");
        if (digits.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The other item must be a number such as 12.", e);
        }
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String value, String what) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Choose " + what + ": "
                        + Arrays.stream(type.getEnumConstants())
                                .map(constant ->
                                        constant.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
