package org.markwatch.review.team;

import java.util.List;
import java.util.Locale;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.Defanged;
import org.markwatch.review.DisplayText;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Policy;
import org.markwatch.watchlist.Seed;

/** Says what an entry of the watchlist does, in words for people. */
final class EntryWords {
    private static final int LONGEST = 300;

    private EntryWords() {}

    static String of(Seed seed, ConsoleWords words) {
        String depth = seed.maxDepth() == 0
                ? words.text("watchlist.this-page-only")
                : words.text("watchlist.up-links-deep", seed.maxDepth());
        String crawled = words.text(
                "watchlist.crawled-within-its-at",
                words.label("scope", seed.scope().name()),
                depth,
                seed.maxPages(),
                seconds(seed.delay().toMillis()));
        return crawled + (seed.proxy() == null ? "" : ", " + words.text("watchlist.through-proxy")) + "."
                + (seed.robotsAuthority().isEmpty() ? "" : " " + words.text("watchlist.robots-txt-ignored-by"));
    }

    static String of(Brand brand, ConsoleWords words) {
        String recognised = words.text(
                "watchlist.recognised-by-its-own",
                1 + brand.aliases().size(),
                brand.logoNames().size() + brand.logoClasses().size(),
                brand.officialHosts().size());
        return brand.ambiguous().isEmpty()
                ? recognised + "."
                : recognised + "; "
                        + words.text(
                                "watchlist.these-only-with-other",
                                brand.ambiguous().size());
    }

    static String of(Brand brand, Brand.AuthorisedMerchant merchant, ConsoleWords words) {
        return merchant.until() == null
                ? words.text("watchlist.may-show-by-its", brand.name(), merchant.owner())
                : words.text("watchlist.may-show-until-by", brand.name(), merchant.until(), merchant.owner());
    }

    static String of(String group, Policy.Group policy, String label, long indicators, ConsoleWords words) {
        return words.text("watchlist.at-most-points", label, policy.cap(), indicators, group);
    }

    static String of(Indicator indicator, String groupLabel, ConsoleWords words) {
        return indicator.weight() < 0
                ? words.text(
                        "watchlist.takes-points-off",
                        finds(indicator, words),
                        fields(indicator, words),
                        -indicator.weight(),
                        groupLabel)
                : words.text(
                        "watchlist.adds-points",
                        finds(indicator, words),
                        fields(indicator, words),
                        indicator.weight(),
                        groupLabel);
    }

    private static String finds(Indicator indicator, ConsoleWords words) {
        String pattern = DisplayText.escape(indicator.pattern(), LONGEST);
        return switch (indicator.type()) {
            case PHRASE -> words.text("watchlist.finds-words", pattern);
            case REGEX -> words.text("watchlist.finds-text-form", pattern);
            case HOST -> words.text("watchlist.finds-references-host", pattern.replace(".", "[.]"));
            case ACCOUNT -> words.text("watchlist.finds-account-numbers-format", pattern);
            case PRICE -> words.text("watchlist.finds-prices", pattern);
            case SELECTOR -> words.text("watchlist.finds-metadata", pattern);
            case ANALYTICS -> words.text("watchlist.finds-analytics-account", pattern);
            case COOKIE -> words.text("watchlist.finds-cookie", pattern);
            case LANGUAGE -> words.text("watchlist.finds-pages-language", pattern);
            case DOM_FINGERPRINT -> words.text("watchlist.finds-pages-built-like", pattern);
            case TEXT_FINGERPRINT -> words.text("watchlist.finds-pages-with-nearly", pattern);
            case PAYMENT_STRIP -> words.text("watchlist.finds-rows-at-least", pattern);
            case METHOD -> words.text("watchlist.finds-method", pattern);
            case TOGETHER -> words.text("watchlist.finds-together", pattern);
            case KEYED_HASH -> words.text("watchlist.finds-address-keyed-list");
        };
    }

    private static String fields(Indicator indicator, ConsoleWords words) {
        List<String> fields = indicator.scope().stream()
                .map(field -> words.label("field", field.name()))
                .sorted()
                .toList();
        return fields.size() > 6 ? words.text("watchlist.parts-page", fields.size()) : String.join(", ", fields);
    }

    static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** Returns values for a screen: each on its own, escaped and shortened. */
    static List<String> shown(List<String> values) {
        return values.stream()
                .map(value -> Defanged.inText(DisplayText.escape(value, LONGEST)))
                .toList();
    }
}
