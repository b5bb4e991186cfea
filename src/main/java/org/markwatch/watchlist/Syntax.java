package org.markwatch.watchlist;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;

/**
 * The syntax of a scalar and its conversion to {@code T}.
 *
 * @param <T> type of the parsed value
 */
interface Syntax<T> {
    /** Largest {@link RegexSize} of an expression; the shipped ones are much smaller. */
    long MAX_REGEX_SIZE = 20_000;

    /**
     * Parses a value.
     *
     * @throws MalformedValueException if the value is not allowed; the message states what is allowed
     */
    T parse(String value) throws MalformedValueException;

    /** Returns the type that the scalar must have in YAML. Cells of a CSV file have no type. */
    default ConfigNode.ScalarType scalarType() {
        return ConfigNode.ScalarType.TEXT;
    }

    /**
     * Accepts one line of text that is not blank and has at most {@code longest} characters; removes white space around it.
     */
    static Syntax<String> text(int longest) {
        return value -> {
            if (value.isBlank()) {
                throw new MalformedValueException("must not be blank");
            }
            if (value.length() > longest) {
                throw new MalformedValueException(
                        "must have at most " + longest + " characters, has " + value.length());
            }
            String text = value.strip();
            OptionalInt control = text.codePoints().filter(LineBreaks::contains).findFirst();
            if (control.isPresent()) {
                throw new MalformedValueException(
                        String.format("must be one line without control characters, has U+%04X", control.getAsInt()));
            }
            return text;
        };
    }

    /** Accepts a key in lower case that is safe in exports and URLs. */
    static Syntax<String> id() {
        return matching("[a-z0-9][a-z0-9.-]{0,63}", "must be lower-case letters, digits, '-' and '.', at most 64");
    }

    /**
     * Accepts text that matches a regular expression.
     *
     * @param allowed message for other text
     */
    static Syntax<String> matching(String regex, String allowed) {
        java.util.regex.Pattern pattern = java.util.regex.Pattern.compile(regex);
        return value -> {
            if (!pattern.matcher(value).matches()) {
                throw new MalformedValueException(allowed);
            }
            return value;
        };
    }

    /** Accepts a whole number from {@code min} to {@code max}. */
    static Syntax<Integer> integer(int min, int max) {
        return new Syntax<>() {
            @Override
            public Integer parse(String value) throws MalformedValueException {
                try {
                    int number = Integer.parseInt(value);
                    if (number >= min && number <= max) {
                        return number;
                    }
                } catch (NumberFormatException outOfRange) {
                    // the message below states the range
                }
                throw new MalformedValueException("must be a whole number from " + min + " to " + max);
            }

            @Override
            public ConfigNode.ScalarType scalarType() {
                return ConfigNode.ScalarType.INTEGER;
            }
        };
    }

    /** Accepts true or false. */
    static Syntax<Boolean> bool() {
        return new Syntax<>() {
            @Override
            public Boolean parse(String value) throws MalformedValueException {
                return choice(List.of("true", "false"))
                        .parse(value.toLowerCase(Locale.ROOT))
                        .equals("true");
            }

            @Override
            public ConfigNode.ScalarType scalarType() {
                return ConfigNode.ScalarType.BOOLEAN;
            }
        };
    }

    /** Accepts one of the words. */
    static Syntax<String> choice(List<String> words) {
        return value -> {
            if (!words.contains(value)) {
                throw new MalformedValueException("must be one of " + String.join(", ", words)
                        + SpellingSuggestion.nearest(value, words)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
            }
            return value;
        };
    }

    /** Accepts the {@link #configName} of a constant. */
    static <E extends Enum<E>> Syntax<E> choice(Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        List<String> words = constants.stream().map(Syntax::configName).toList();
        return value -> constants.get(words.indexOf(choice(words).parse(value)));
    }

    /** Returns the name of a constant in configuration files: {@code open-graph} for {@code OPEN_GRAPH}. */
    static String configName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Accepts {@code 500ms}, {@code 1s}, {@code 2m}, {@code 12h}, {@code 30d}, or ISO 8601 as in {@link
     * Duration#parse}.
     */
    static Syntax<Duration> duration(Duration min, Duration max) {
        java.util.regex.Pattern simple = java.util.regex.Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");
        String allowed =
                "must be a duration like 500ms, 1s, 2m, 12h, 30d or PT1M30S, from " + shown(min) + " to " + shown(max);
        return value -> {
            try {
                Matcher parts = simple.matcher(value);
                Duration duration = parts.matches()
                        ? unit(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1)))
                        : Duration.parse(value);
                if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
                    return duration;
                }
            } catch (DateTimeException | ArithmeticException notIso) {
                // the message below states the range
            }
            throw new MalformedValueException(allowed + spelledDuration(value));
        };
    }

    /** Returns how to write a duration whose unit is missing or spelled out, or an empty string. */
    private static String spelledDuration(String value) {
        Matcher parts = java.util.regex.Pattern.compile("(\\d{1,9})\\s*(\\p{Alpha}*)\\.?")
                .matcher(value.strip());
        if (!parts.matches()) {
            return "";
        }
        String unit = parts.group(2).toLowerCase(Locale.ROOT);
        if (unit.isEmpty()) {
            return "; add a unit: write " + value.strip() + "s for seconds or " + value.strip() + "ms for milliseconds";
        }
        return List.of("ms:m(illi)?s(ec(ond)?s?)?", "s:s(ec(ond)?s?)?", "m:m(in(ute)?s?)?", "h:h((ou)?rs?)?", "d:days?")
                .stream()
                .filter(name -> unit.matches(name.substring(name.indexOf(':') + 1)))
                .map(name -> name.substring(0, name.indexOf(':')))
                .map(name -> parts.group(1) + name)
                .filter(written -> !written.equals(value))
                .findFirst()
                .map(written -> "; write " + written)
                .orElse("");
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    /** Returns a duration in the largest unit that divides it, for example {@code 10m}; {@code 0s} for zero. */
    private static String shown(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        for (String name : List.of("d", "h", "m", "s")) {
            if (duration.toMillis() % unit(name).toMillis() == 0) {
                return duration.dividedBy(unit(name)) + name;
            }
        }
        return duration.toMillis() + "ms";
    }

    /**
     * Accepts a size like {@code 512 KiB} or {@code 4 MiB}; {@code min}, {@code max} and the parsed value are in bytes.
     */
    static Syntax<Integer> size(int min, int max) {
        java.util.regex.Pattern simple = java.util.regex.Pattern.compile("(\\d{1,6}) ?(KiB|MiB)");
        return value -> {
            Matcher parts = simple.matcher(value);
            if (parts.matches()) {
                long bytes = Long.parseLong(parts.group(1)) << (parts.group(2).equals("KiB") ? 10 : 20);
                if (bytes >= min && bytes <= max) {
                    return (int) bytes;
                }
            }
            throw new MalformedValueException(
                    "must be a size like 512 KiB or 4 MiB, from " + (min >> 10) + " KiB to " + (max >> 20) + " MiB");
        };
    }

    /** Accepts a date like 2027-01-31 (ISO 8601). */
    static Syntax<LocalDate> date() {
        return value -> {
            try {
                return LocalDate.parse(value);
            } catch (DateTimeException e) {
                throw new MalformedValueException("must be a date like 2027-01-31");
            }
        };
    }

    /** Accepts a time zone of the IANA database. */
    static Syntax<ZoneId> zone() {
        return value -> {
            try {
                return ZoneId.of(value);
            } catch (DateTimeException unknown) {
                throw new MalformedValueException("must be a time zone like UTC, Europe/Berlin or Asia/Bangkok");
            }
        };
    }

    /** Accepts a Quartz cron expression whose numbers are possible, or {@code never}, which it returns as an empty text. */
    static Syntax<String> cron() {
        return value -> {
            String expression = value.strip().equals("never") ? "" : value.strip();
            if (!expression.isEmpty()
                    && !expression.matches("[0-9*/,-]+ [0-9*/,-]+ [0-9*/,-]+( [0-9A-Z*?/,#-]+){3,4}")) {
                throw new MalformedValueException(
                        "must be a Quartz cron expression of 6 or 7 fields (second minute hour day month weekday"
                                + " [year]) like 0 0 1 * * ?, or never");
            }
            if (!expression.isEmpty()) {
                CronFields.check(expression);
            }
            return expression;
        };
    }

    /** Accepts a regular expression in RE2 syntax that does not match the empty text. */
    static Syntax<String> regex() {
        return value -> {
            if (RegexSize.of(value) > MAX_REGEX_SIZE) {
                throw new MalformedValueException("must be smaller: written out, its repetitions come to "
                        + RegexSize.of(value) + " parts; allowed are " + MAX_REGEX_SIZE);
            }
            try {
                if (Pattern.compile(value).matcher("").find()) {
                    throw new MalformedValueException(
                            "must not match the empty text, because it would match every page");
                }
                return value;
            } catch (PatternSyntaxException broken) {
                int position = value.indexOf(broken.getPattern());
                throw new MalformedValueException(
                        "must be a regular expression in RE2 syntax: " + broken.getDescription()
                                + " at character " + (Math.max(position, 0) + 1)
                                + (broken.getPattern().isEmpty() ? "" : " '" + broken.getPattern() + "'"));
            }
        };
    }
}
