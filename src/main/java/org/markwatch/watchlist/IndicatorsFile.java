package org.markwatch.watchlist;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads indicators, {@code indicators/*.yaml} and {@code indicators/*.csv}. */
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

    /** The account number formats whose checksum matching verifies. */
    private static final Syntax<String> ACCOUNT =
            Syntax.choice(List.of("bitcoin", "ethereum", "litecoin", "tron", "dogecoin", "monero", "iban"));

    /** An analytics provider, optionally with an account id, as page extraction names them. */
    private static final Syntax<String> ANALYTICS = Syntax.matching(
            "(ga4|universal-analytics|tag-manager|matomo|yandex-metrica)(:[\\x21-\\x7e]{1,260})?",
            "must be ga4, universal-analytics, tag-manager, matomo or yandex-metrica for any account, or one of them with an"
                    + " account id like ga4:G-1A2B3C4D5E");

    /** A token (RFC 6265 section 4.1.1), or its beginning and '*'. */
    private static final Syntax<String> COOKIE = Syntax.matching(
            "[!#$%&'+.^_`|~0-9A-Za-z-]{1,200}\\*?",
            "must be the name of a cookie, or its beginning and '*', like cart_session_*");

    private static final Syntax<String> PRICE = Syntax.matching(
            "any|[A-Z]{3}(,[A-Z]{3}){0,30}( [0-9]{1,9}(\\.[0-9]{1,2})?-[0-9]{1,9}(\\.[0-9]{1,2})?)?",
            "must be any, or currencies by their ISO 4217 codes with an optional range, like USD,EUR 5-50");

    private static final Syntax<String> FINGERPRINT = Syntax.matching(
            "[0-9a-f]{16}/([0-9]|1[0-6])",
            "must be 16 hex digits, '/' and the number of bits that may differ, 0 to 16, as explain prints them");

    private static final Syntax<String> PICTURES =
            Syntax.matching("[2-9]|[12][0-9]", "must be the least number of pictures, 2 to 29");

    private static final Syntax<String> METHOD = Syntax.matching(
            "\\s*[\\p{L}\\p{N}][^,]{1,59}(,\\s*[\\p{L}\\p{N}][^,]{1,59}){0,99}",
            "must be 1 to 100 names of 2 to 60 characters with commas between them, like Bitcoin, BTC");

    private static final Syntax<String> TOGETHER = value -> {
        WordGroup.parse(value);
        return value.strip();
    };

    private static final Syntax<String> KEYED_HASH =
            Syntax.matching("[0-9a-f]{64}", "must be 64 hex digits in lower case, as hash-list prints them");

    private static final Syntax<String> LANGUAGE =
            Syntax.matching("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "must be a language tag like en, th or zh-Hant");

    private static final String SELECTOR_ALLOWED =
            "must be meta:NAME or jsonld:PATH, alone or with '~' and a regular expression for the value, like"
                    + " meta:generator ~ ^acme shop or jsonld:Offer.price";

    /** A metadata property, optionally with an expression in RE2 syntax for its value. */
    private static final Syntax<String> SELECTOR = value -> {
        int tilde = value.indexOf('~');
        String name = (tilde < 0 ? value : value.substring(0, tilde)).strip();
        if (!name.matches("meta:[^\\s~]{1,100}|jsonld:[^\\s.~]{1,60}(\\.[^\\s.~]{1,60}){0,9}")) {
            throw new MalformedValueException(SELECTOR_ALLOWED);
        }
        if (tilde >= 0) {
            Syntax.regex().parse(value.substring(tilde + 1).strip());
        }
        return value.strip();
    };

    private static final String BRAND = "{brand}";

    /** Words, with any brand's name at the beginning or the end. */
    private static final Syntax<String> PHRASE = value -> {
        String phrase = Syntax.text(200).parse(value);
        String words = phrase.replace(BRAND, "");
        if (words.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new MalformedValueException("must contain a letter or digit besides {brand}");
        }
        int brand = phrase.indexOf(BRAND);
        if (brand > 0 && brand < phrase.length() - BRAND.length() || brand != phrase.lastIndexOf(BRAND)) {
            throw new MalformedValueException(
                    "must have {brand} once, at the beginning or the end; for words on both sides, write two phrases");
        }
        return phrase;
    };

    private static final Syntax<String> EXAMPLE = Syntax.text(1_000);

    private IndicatorsFile() {}

    static List<Section> document(ConfigNode document, Faults faults) {
        return Section.of(document, faults, List.of("indicators")).sections("indicators", COLUMNS);
    }

    static List<Section> table(String file, String text, Faults faults) {
        return CsvReader.read(file, text, COLUMNS, faults).stream()
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
        String pattern = row.required("pattern", pattern(type), "");
        for (String examples : List.of("match", "no_match")) {
            if (type == Indicator.Type.KEYED_HASH && row.has(examples)) {
                row.fault(examples, "must be empty; an example would reveal what the hash hides");
            }
        }
        return new Indicator(
                row.required("id", Syntax.id(), ""),
                row.optional("version", Syntax.integer(1, 1_000_000), 1),
                type,
                pattern,
                row.required("group", Syntax.id(), ""),
                row.required("weight", weight(), 1),
                scope(row, type),
                row.optional("language", LANGUAGE, ""),
                row.optional("state", Syntax.choice(Indicator.State.class), Indicator.State.LIVE),
                from,
                until,
                row.required("source", Syntax.text(300), ""),
                List.copyOf(row.list("match", EXAMPLE)),
                List.copyOf(row.list("no_match", EXAMPLE)));
    }

    private static Set<Field> scope(Section row, Indicator.Type type) {
        Syntax<Field> field = Syntax.choice(Field.class);
        Set<Field> scope = type.needsScope() ? row.requiredList("scope", field) : row.list("scope", field);
        if (!type.fields().containsAll(scope)) {
            row.fault(
                    "scope",
                    Syntax.configName(type) + " is found in "
                            + type.fields().stream().map(Syntax::configName).collect(Collectors.joining(", "))
                            + "; remove other fields, or leave scope empty");
        }
        return scope.isEmpty() ? type.fields() : scope;
    }

    private static Syntax<String> pattern(Indicator.Type type) {
        return switch (type) {
            case PHRASE -> PHRASE;
            case REGEX -> Syntax.regex();
            case HOST -> NetworkSyntax::host;
            case ACCOUNT -> ACCOUNT;
            case PRICE -> PRICE;
            case SELECTOR -> SELECTOR;
            case ANALYTICS -> ANALYTICS;
            case COOKIE -> COOKIE;
            case LANGUAGE -> LANGUAGE;
            case KEYED_HASH -> KEYED_HASH;
            case DOM_FINGERPRINT, TEXT_FINGERPRINT -> FINGERPRINT;
            case PAYMENT_STRIP -> PICTURES;
            case METHOD -> METHOD;
            case TOGETHER -> TOGETHER;
        };
    }

    private static Syntax<Integer> weight() {
        Syntax<Integer> range = Syntax.integer(-100, 100);
        return new Syntax<>() {
            @Override
            public Integer parse(String value) throws MalformedValueException {
                int points = range.parse(value);
                if (points == 0) {
                    throw new MalformedValueException(
                            "must not be 0; to run an indicator without points, write state: background");
                }
                return points;
            }

            @Override
            public ConfigNode.ScalarType scalarType() {
                return range.scalarType();
            }
        };
    }
}
