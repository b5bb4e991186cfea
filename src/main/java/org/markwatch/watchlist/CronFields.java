package org.markwatch.watchlist;

import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the numbers of a Quartz cron expression ('Quartz Job Scheduler, CronExpression'). It does not compute times; the
 * scheduler does.
 */
final class CronFields {
    /** A number that is no increment ({@code /5}) and no ordinal ({@code #2}). */
    private static final Pattern NUMBER = Pattern.compile("(?<![/#0-9])[0-9]+");

    private record CronField(String name, int min, int max) {}

    private static final CronField[] FIELDS = {
        new CronField("second", 0, 59),
        new CronField("minute", 0, 59),
        new CronField("hour", 0, 23),
        new CronField("day", 1, 31),
        new CronField("month", 1, 12),
        new CronField("weekday", 1, 7)
    };

    private static final Pattern DAYS = Pattern.compile("[0-9]{1,2}(,[0-9]{1,2})*");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private CronFields() {}

    /**
     * @throws MalformedValueException if a number is out of range, neither or both of day and weekday are ?, or no month
     *                                 has one of the days
     */
    static void check(String expression) throws MalformedValueException {
        String[] fields = expression.split(" ");
        for (int i = 0; i < FIELDS.length; i++) {
            Matcher numbers = NUMBER.matcher(fields[i]);
            while (numbers.find()) {
                int number =
                        numbers.end() - numbers.start() > 4 ? Integer.MAX_VALUE : Integer.parseInt(numbers.group());
                if (number < FIELDS[i].min || number > FIELDS[i].max) {
                    throw new MalformedValueException("has the " + FIELDS[i].name + " " + numbers.group()
                            + "; must be from " + FIELDS[i].min + " to " + FIELDS[i].max
                            + " (fields: second minute hour day month weekday)");
                }
            }
        }
        if (fields[3].equals("?") == fields[5].equals("?")) {
            throw new MalformedValueException(
                    "must have ? as the day or as the weekday, and not as both, like 0 0 1 * * ?");
        }
        checkDays(fields[3], fields[4]);
    }

    private static void checkDays(String days, String months) throws MalformedValueException {
        if (!DAYS.matcher(days).matches()) {
            return;
        }
        int first = Stream.of(days.split(",")).mapToInt(Integer::parseInt).min().orElseThrow();
        int longest = 0;
        for (String month : months.split(",")) {
            int index = MONTHS.indexOf(month.toUpperCase(Locale.ROOT));
            if (index < 0 && !month.matches("[0-9]{1,2}")) {
                return; // a range or every month
            }
            longest = Math.max(
                    longest,
                    Month.of(index < 0 ? Integer.parseInt(month) : index + 1).maxLength());
        }
        if (first > longest) {
            throw new MalformedValueException(
                    "has the day " + first + " in month " + months + ", which never comes; must be at most " + longest);
        }
    }
}
