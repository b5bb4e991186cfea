package org.markwatch.watchlist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private CronFields() {}

    /** @throws MalformedValueException if a number is out of range, or neither or both of day and weekday are ? */
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
    }
}
