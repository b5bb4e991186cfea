package org.markwatch.review;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.AuditFilter;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The filter of the audit as submitted. An empty entry means no restriction.
 *
 * @param subject a subject such as {@code account:ann}; a number, with or without {@code #}, means an item
 * @param from    first day, as {@code 2026-11-29}
 * @param to      last day
 */
public record AuditFilterForm(String actor, String action, String subject, String from, String to) {
    private static final int MAX_ENTRY = 200;

    public AuditFilterForm(
            @Nullable String actor,
            @Nullable String action,
            @Nullable String subject,
            @Nullable String from,
            @Nullable String to) {
        this.actor = entry("actor", actor).toLowerCase(Locale.ROOT);
        this.action = entry("action", action);
        this.subject = entry("subject", subject);
        this.from = entry("from", from);
        this.to = entry("to", to);
    }

    /**
     * @param zone the zone in which days begin
     * @throws ResponseStatusException with status 400 if a day is no date between 2000 and 2999
     */
    public AuditFilter toFilter(ZoneId zone) {
        LocalDate last = day("to", to);
        return new AuditFilter(
                actor,
                action,
                subject.replaceFirst("^#?([0-9]+)$", "item:$1"),
                start(day("from", from), zone),
                last == null ? null : start(last.plusDays(1), zone));
    }

    private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }

    private static @Nullable LocalDate day(String name, String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (text.matches("2[0-9]{3}-[0-9]{2}-[0-9]{2}")) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            // no such day, refused below
        }
        throw new ResponseStatusException(HttpStatus.BAD_REQUEST, name + " must be a day such as 2026-11-29");
    }

    private static String entry(String name, @Nullable String value) {
        String entry = value == null ? "" : value.strip();
        if (entry.length() > MAX_ENTRY) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, name + " has more than " + MAX_ENTRY + " characters");
        }
        return entry;
    }
}
