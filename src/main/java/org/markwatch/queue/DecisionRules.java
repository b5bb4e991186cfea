package org.markwatch.queue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a decision must be like, beyond the form of {@link DecisionRequest}. */
record DecisionRules(JdbcClient jdbc, QueuePolicy policy) {
    /** @throws IllegalArgumentException if the kind has a severity and the policy does not have this one */
    void requireSeverity(DecisionRequest request) {
        if (request.kind().hasSeverity() && !policy.severities().contains(request.severity())) {
            throw new IllegalArgumentException("Choose a severity: " + String.join(", ", policy.severities()) + ".");
        }
    }

    /** @throws IllegalArgumentException if an authorisation has ended already or is too long */
    void requirePeriod(@Nullable LocalDate validUntil, Instant now) {
        if (validUntil == null) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate longest = policy.lastAuthorisedDay(now);
        if (validUntil.isBefore(today)) {
            throw new IllegalArgumentException("The last day of the authorisation, " + validUntil
                    + ", is in the past. Enter today or a later date, or choose another decision.");
        }
        if (validUntil.isAfter(longest)) {
            throw new IllegalArgumentException("The last day of the authorisation may be " + longest
                    + " at the latest, so that somebody looks at the page again. Enter that day or an earlier one.");
        }
    }

    /** @throws ItemConflictException if the original does not exist or is itself a duplicate */
    void requireOriginal(long itemId, long original, LaneAccess access) {
        if (original == itemId) {
            throw new ItemConflictException("Item " + itemId + " cannot be a duplicate of itself.");
        }
        Map<String, Object> values = new HashMap<>(Map.of("id", original));
        String originalOfOriginal = jdbc.sql("""
                        select case when i.state = 'decided' and d.verdict = 'duplicate_of' then d.duplicate_of::text
                               else '' end
                          from item i left join decision d on d.id = i.decision_id where i.id = :id and
                        """ + access.condition(values))
                .params(values)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new ItemConflictException(
                        "There is no item " + original + ". Enter the number of an existing item as the original."));
        if (!originalOfOriginal.isEmpty()) {
            throw new ItemConflictException("Item " + original + " is itself a duplicate of item " + originalOfOriginal
                    + ". Enter that number instead.");
        }
    }
}
