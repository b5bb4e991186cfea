package org.markwatch.queue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How soon items are to be decided, by severity. Days are 24 hours; business days are Monday to Friday in UTC, and what is
 * queued at a weekend counts from Monday.
 *
 * @param bySeverity targets by severity
 * @param others     target of all other severities
 */
public record ServiceTargets(Map<String, ServiceTarget> bySeverity, ServiceTarget others) {
    /** The last part of the time to the target in which an item is due soon: one in so many. */
    private static final int SOON = 4;

    public ServiceTargets {
        bySeverity = Map.copyOf(bySeverity);
    }

    /**
     * Returns targets in which a severity without one has that of the next lower severity that has one, so that no item
     * waits longer because it is more severe.
     *
     * @param severities names of severities, lowest first
     * @param own        targets of some of them
     * @param others     target of severities below these
     */
    public static ServiceTargets of(List<String> severities, Map<String, ServiceTarget> own, ServiceTarget others) {
        Map<String, ServiceTarget> targets = new HashMap<>();
        ServiceTarget latest = others;
        for (String severity : severities) {
            latest = own.getOrDefault(severity, latest);
            targets.put(severity, latest);
        }
        return new ServiceTargets(targets, others);
    }

    /** How an item stands to its target. */
    public enum Ageing {
        /** There is time left. */
        WITHIN,
        /** Less than a quarter of the time is left. */
        SOON,
        /** The target has passed. */
        LATE;

        /** Returns the words for screens, for example {@code due soon}; empty for {@link #WITHIN}. */
        public String label() {
            return switch (this) {
                case WITHIN -> "";
                case SOON -> "due soon";
                case LATE -> "late";
            };
        }
    }

    /** Returns when an item that was queued at a time is to be decided. */
    public Instant due(String severity, Instant queuedAt) {
        ServiceTarget target = target(severity);
        if (!target.business()) {
            return queuedAt.plus(target.days(), ChronoUnit.DAYS);
        }
        OffsetDateTime at = queuedAt.atOffset(ZoneOffset.UTC);
        while (isWeekend(at)) {
            at = at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
        }
        for (int i = 0; i < target.days(); i++) {
            do {
                at = at.plusDays(1);
            } while (isWeekend(at));
        }
        return at.toInstant();
    }

    /** Returns how an item of a severity that was queued at a time stands now. */
    public Ageing ageing(String severity, Instant queuedAt, Instant now) {
        Instant due = due(severity, queuedAt);
        if (!due.isAfter(now)) {
            return Ageing.LATE;
        }
        long left = ChronoUnit.SECONDS.between(now, due);
        return left * SOON <= ChronoUnit.SECONDS.between(queuedAt, due) ? Ageing.SOON : Ageing.WITHIN;
    }

    /**
     * Returns the time up to which an item of a severity must have been queued to be late now. The opposite of {@link
     * #due}: an item is late if it was queued at this time or before.
     */
    Instant lateBefore(String severity, Instant now) {
        ServiceTarget target = target(severity);
        if (!target.business()) {
            return now.minus(target.days(), ChronoUnit.DAYS);
        }
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        if (isWeekend(at)) {
            // nothing becomes due at a weekend: as at its beginning
            while (isWeekend(at.minusDays(1))) {
                at = at.minusDays(1);
            }
            // the last moment before it; the smallest step of timestamptz is a microsecond
            at = at.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.MICROS);
        }
        for (int i = 0; i < target.days(); i++) {
            do {
                at = at.minusDays(1);
            } while (isWeekend(at));
        }
        return at.toInstant();
    }

    private ServiceTarget target(String severity) {
        return bySeverity.getOrDefault(severity, others);
    }

    private static boolean isWeekend(OffsetDateTime at) {
        return List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(at.getDayOfWeek());
    }
}
