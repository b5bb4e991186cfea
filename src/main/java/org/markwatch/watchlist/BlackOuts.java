package org.markwatch.watchlist;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The times in which scheduled runs do not crawl.
 *
 * @param entries in the order of the job-config; may overlap
 * @param zone    time zone of the entries
 */
public record BlackOuts(List<BlackOut> entries, ZoneId zone) {
    private static final Duration LONGEST = Duration.ofDays(366);

    public BlackOuts {
        entries = List.copyOf(entries);
    }

    /**
     * Returns when runs may crawl again, or empty if they may crawl at a time. Entries that follow each other count as one.
     */
    public Optional<Instant> end(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        Optional<LocalDateTime> end = end(local);
        return end.map(at -> at.atZone(zone).toInstant());
    }

    private Optional<LocalDateTime> end(LocalDateTime time) {
        LocalDateTime end = time;
        while (Duration.between(time, end).compareTo(LONGEST) <= 0) {
            LocalDateTime reached = end;
            Optional<BlackOut> covering =
                    entries.stream().filter(entry -> entry.covers(reached)).findFirst();
            if (covering.isEmpty()) {
                return end.equals(time) ? Optional.empty() : Optional.of(end);
            }
            end = covering.get().end(reached);
        }
        return Optional.of(end);
    }

    /** Returns whether the hours leave no time of the week for a run. */
    boolean coverEachWeek() {
        List<BlackOut> weekly =
                entries.stream().filter(BlackOut.Hours.class::isInstance).toList();
        LocalDateTime any = LocalDateTime.of(2026, 1, 5, 0, 0);
        return new BlackOuts(weekly, zone)
                .end(any)
                .filter(end -> Duration.between(any, end).compareTo(LONGEST) > 0)
                .isPresent();
    }
}
