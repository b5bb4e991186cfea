package org.markwatch.watchlist;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Indicators, {@code indicators/*.yaml} and {@code indicators/*.csv}. */
final class IndicatorsFile {
    static final List<String> COLUMNS = List.of(
            "id",
            "version",
            "type",
            "pattern",
            "group",
            "weight",
            "scope",
            "language",
            "state",
            "valid_from",
            "valid_until",
            "source",
            "match",
            "no_match");

    /** The account syntaxes that have a checksum which can be verified. */
    private static final Syntax<String> ACCOUNT = Syntax.choice(List.of("bitcoin", "ethereum", "iban"));

    private static final Syntax<String> EXAMPLE = Syntax.text(1_000);

    private IndicatorsFile() {}

    static List<Section> document(Node document, Faults faults) {
        return Section.of(document, faults, List.of("indicators")).sections("indicators", COLUMNS);
    }

    static List<Section> table(String file, String text, Faults faults) {
        return CsvText.read(file, text, COLUMNS, faults).stream()
                .map(row -> Section.of(row, faults, COLUMNS))
                .toList();
    }

    static Indicator read(Section row) {
        Indicator.Type type = row.required("type", Syntax.choice(Indicator.Type.class), Indicator.Type.PHRASE);
        LocalDate from = row.optional("valid_from", Syntax.date());
        LocalDate until = row.optional("valid_until", Syntax.date());
        if (from != null && until != null && until.isBefore(from)) {
            row.fault("valid_until", "must not be before valid_from, " + from);
        }
        Set<Field> scope = row.requiredList("scope", Syntax.choice(Field.class));
        return new Indicator(
                row.required("id", Syntax.id(), ""),
                row.optional("version", Syntax.integer(1, 1_000_000), 1),
                type,
                row.required("pattern", pattern(type), ""),
                row.required("group", Syntax.id(), ""),
                row.required("weight", weight(), 1),
                scope.isEmpty() ? EnumSet.of(Field.TEXT) : scope,
                row.optional(
                        "language",
                        Syntax.like("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "must be a language tag like en, th or zh-Hant"),
                        ""),
                row.optional("state", Syntax.choice(Indicator.State.class), Indicator.State.LIVE),
                from,
                until,
                row.required("source", Syntax.text(300), ""),
                List.copyOf(row.list("match", EXAMPLE)),
                List.copyOf(row.list("no_match", EXAMPLE)));
    }

    private static Syntax<String> pattern(Indicator.Type type) {
        return switch (type) {
            case PHRASE -> Syntax.text(200);
            case REGEX -> Syntax.regex();
            case HOST -> Address::host;
            case ACCOUNT -> ACCOUNT;
        };
    }

    private static Syntax<Integer> weight() {
        Syntax<Integer> range = Syntax.integer(-100, 100);
        return new Syntax<>() {
            @Override
            public Integer parse(String value) throws Malformed {
                int points = range.parse(value);
                if (points == 0) {
                    throw new Malformed("must not be 0; to run an indicator without points, write state: background");
                }
                return points;
            }

            @Override
            public Node.Kind kind() {
                return range.kind();
            }
        };
    }
}
