package org.markwatch.watchlist;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of a {@link BlackOut} in the job-config: days of the week with hours ({@code mon-fri 08:00-18:00}, {@code daily
 * 12:00-13:00}, {@code sun 00:00-24:00}), or one or two dates ({@code 2026-12-24 to 2026-12-26}, both included).
 */
final class BlackOutSyntax {
    private static final Pattern HOURS =
            Pattern.compile("(daily|[a-z]{3}(?:-[a-z]{3})?) +([0-9]{2}:[0-9]{2}) ?- ?([0-9]{2}:[0-9]{2})");
    private static final Pattern DAYS =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?: +to +([0-9]{4}-[0-9]{2}-[0-9]{2}))?");
    private static final String ALLOWED =
            "must be days of the week with hours, such as 'mon-fri 08:00-18:00' or 'daily 12:00-13:00', or dates, such as"
                    + " '2026-12-24' or '2026-12-24 to 2026-12-26'";

    private BlackOutSyntax() {}

    static BlackOut parse(String value) throws MalformedValueException {
        Matcher hours = HOURS.matcher(value);
        Matcher days = DAYS.matcher(value);
        try {
            if (hours.matches()) {
                return hours(hours.group(1), minute(hours.group(2)), minute(hours.group(3)));
            }
            if (days.matches()) {
                return days(days.group(1), days.group(2) == null ? days.group(1) : days.group(2));
            }
        } catch (DateTimeParseException e) { // the message of the parser names no form
            throw new MalformedValueException(ALLOWED);
        }
        throw new MalformedValueException(ALLOWED);
    }

    private static BlackOut days(String first, String last) throws MalformedValueException {
        BlackOut.Days days = new BlackOut.Days(LocalDate.parse(first), LocalDate.parse(last));
        if (days.last().isBefore(days.first())) {
            throw new MalformedValueException("must have its last day after its first");
        }
        return days;
    }

    private static BlackOut hours(String days, int first, int end) throws MalformedValueException {
        if (first >= end) {
            throw new MalformedValueException("must end after it begins; write two entries for hours around midnight");
        }
        int dash = days.indexOf('-');
        if (days.equals("daily")) {
            return new BlackOut.Hours(EnumSet.allOf(DayOfWeek.class), first, end);
        }
        DayOfWeek day = day(dash < 0 ? days : days.substring(0, dash));
        DayOfWeek last = day(days.substring(dash + 1));
        Set<DayOfWeek> chosen = EnumSet.of(day);
        while (day != last) {
            day = day.plus(1);
            chosen.add(day);
        }
        return new BlackOut.Hours(chosen, first, end);
    }

    private static DayOfWeek day(String name) throws MalformedValueException {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, 3).toLowerCase(Locale.ROOT).equals(name)) {
                return day;
            }
        }
        throw new MalformedValueException(ALLOWED);
    }

    private static int minute(String time) {
        return time.equals("24:00") ? 24 * 60 : LocalTime.parse(time).toSecondOfDay() / 60;
    }
}
