package org.markwatch.queue;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the audit are shown. An empty string and null mean no restriction.
 *
 * @param actor   account name, or {@link Audit#SYSTEM}
 * @param action  an action, for example {@code item.decide}
 * @param subject a subject, for example {@code item:12}
 * @param from    first instant
 * @param to      first instant after the last one
 */
public record AuditFilter(
        String actor,
        String action,
        String subject,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** Selects every entry. */
    public static final AuditFilter ALL = new AuditFilter("", "", "", null, null);

    /** Returns the restrictions by name, for the audit of the reading itself. */
    public Map<String, String> restrictions() {
        Map<String, String> restrictions =
                new LinkedHashMap<>(Map.of("actor", actor, "action", action, "subject", subject));
        restrictions.values().removeIf(String::isEmpty);
        if (from != null) {
            restrictions.put("from", from.toString());
        }
        if (to != null) {
            restrictions.put("to", to.toString());
        }
        return restrictions;
    }

    /** Returns whether the filter is by more than time, so that it tells something about the entries that it finds. */
    boolean readsContent() {
        return !(actor.isEmpty() && action.isEmpty() && subject.isEmpty());
    }

    /** Returns a condition over {@code audit a} and adds its parameters to {@code values}. */
    String condition(Map<String, Object> values) {
        StringBuilder condition = new StringBuilder("true");
        equal(condition, values, "actor", actor);
        equal(condition, values, "action", action);
        equal(condition, values, "subject", subject);
        if (from != null) {
            condition.append(" and a.at >= :from");
            values.put("from", Times.utc(from));
        }
        if (to != null) {
            condition.append(" and a.at < :to");
            values.put("to", Times.utc(to));
        }
        return condition.toString();
    }

    private static void equal(StringBuilder condition, Map<String, Object> values, String column, String value) {
        if (!value.isEmpty()) {
            condition.append(" and a.").append(column).append(" = :").append(column);
            values.put(column, StoredText.of(value));
        }
    }
}
