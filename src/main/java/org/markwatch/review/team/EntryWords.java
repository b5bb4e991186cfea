package org.markwatch.review.team;

import java.util.List;
import java.util.Locale;
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

    static String of(Seed seed) {
        String depth = seed.maxDepth() == 0 ? "this page only" : "up to " + seed.maxDepth() + " links deep";
        return "Crawled within its " + words(seed.scope()) + ", " + depth + ", at most " + seed.maxPages()
                + " pages a run, " + seconds(seed.delay().toMillis()) + " between requests"
                + (seed.proxy() == null ? "" : ", through a proxy")
                + (seed.robotsAuthority().isEmpty() ? "." : ". robots.txt is ignored by authority.");
    }

    static String of(Brand brand) {
        return "Recognised by " + count(1 + brand.aliases().size(), "name") + ", "
                + count(brand.logoNames().size() + brand.logoClasses().size(), "logo name") + " and "
                + count(brand.officialHosts().size(), "host") + " of its own"
                + (brand.ambiguous().isEmpty()
                        ? "."
                        : "; " + count(brand.ambiguous().size(), "name")
                                + " of these only with other signs of payment.");
    }

    static String of(Brand brand, Brand.AuthorisedMerchant merchant) {
        return "May show " + brand.name() + (merchant.until() == null ? "" : " until " + merchant.until()) + ", by "
                + merchant.owner() + ". Its pages are not queued for this brand.";
    }

    static String of(String group, Policy.Group policy, String label, long indicators) {
        return label + ": at most " + policy.cap() + " points, " + count(indicators, "indicator") + " (" + group + ").";
    }

    static String of(Indicator indicator, String groupLabel) {
        return finds(indicator) + " in " + fields(indicator) + "; "
                + (indicator.weight() < 0
                        ? "takes " + -indicator.weight() + " points off"
                        : "adds " + indicator.weight() + " points")
                + " for " + groupLabel + ".";
    }

    /** Returns what the state of an indicator means. */
    static String of(Indicator.State state) {
        return switch (state) {
            case DRAFT -> "draft: validated, not searched for";
            case BACKGROUND -> "background: searched for and recorded, without points";
            case LIVE -> "live: searched for, gives points";
            case RETIRED -> "retired: no longer searched for";
        };
    }

    private static String finds(Indicator indicator) {
        String pattern = "\u201C" + DisplayText.escape(indicator.pattern(), LONGEST) + "\u201D";
        return switch (indicator.type()) {
            case PHRASE -> "Finds the words " + pattern;
            case REGEX -> "Finds text of the form " + pattern;
            case HOST -> "Finds references to the host " + pattern.replace(".", "[.]");
            case ACCOUNT -> "Finds account numbers of the format " + pattern + " with a valid checksum";
            case PRICE -> "Finds prices, " + pattern;
            case SELECTOR -> "Finds the metadata " + pattern;
            case ANALYTICS -> "Finds the analytics account " + pattern;
            case COOKIE -> "Finds the cookie " + pattern;
            case LANGUAGE -> "Finds pages in the language " + pattern;
            case DOM_FINGERPRINT -> "Finds pages built like " + pattern;
            case TEXT_FINGERPRINT -> "Finds pages with nearly the text of " + pattern;
            case PAYMENT_STRIP -> "Finds rows of at least " + pattern + " payment marks of no known brand";
            case KEYED_HASH -> "Finds an address of a keyed list, which is not shown,";
        };
    }

    private static String fields(Indicator indicator) {
        List<String> fields =
                indicator.scope().stream().map(EntryWords::words).sorted().toList();
        return fields.size() > 6 ? fields.size() + " parts of a page" : String.join(", ", fields);
    }

    static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
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
