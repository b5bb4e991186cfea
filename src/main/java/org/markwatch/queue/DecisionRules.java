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
            throw new EntryException(Sentence.of("refusal.choose-severity", String.join(", ", policy.severities())));
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
            throw new EntryException(Sentence.of("refusal.last-day-authorisation-past", validUntil));
        }
        if (validUntil.isAfter(longest)) {
            throw new EntryException(Sentence.of("refusal.last-day-authorisation-may", longest));
        }
    }

    /** @throws ItemConflictException if the original does not exist or is itself a duplicate */
    void requireOriginal(long itemId, long original, LaneAccess access) {
        if (original == itemId) {
            throw new ItemConflictException(Sentence.of("refusal.item-cannot-be-duplicate", itemId));
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
                .orElseThrow(() -> new ItemConflictException(Sentence.of("refusal.there-no-item-enter", original)));
        if (!originalOfOriginal.isEmpty()) {
            throw new ItemConflictException(
                    Sentence.of("refusal.item-itself-duplicate-item", original, originalOfOriginal));
        }
    }
}
