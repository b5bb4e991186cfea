package org.markwatch.match;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.extract.SimHash;
import org.markwatch.extract.TextFingerprint;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Secret;

/**
 * Indicators of single values: metadata by name, names of cookies, ids for statistics, prices, listed addresses, and
 * what is true of a page as a whole: its language and its fingerprints.
 *
 * <p>Filled once, then only read. What has no rule costs a page nothing, and names are looked up, not gone through.
 */
final class ValueRules {
    private static final Set<Indicator.Type> OF_PAGE =
            EnumSet.of(Indicator.Type.LANGUAGE, Indicator.Type.DOM_FINGERPRINT, Indicator.Type.TEXT_FINGERPRINT);

    private final Set<Field> fields = EnumSet.noneOf(Field.class);
    private final Set<Field> priceFields = EnumSet.noneOf(Field.class);
    private final Selectors selectors = new Selectors();
    private final Names analytics = new Names();
    private final Names cookies = new Names();
    private final KeyedHashes addresses;
    private final List<PriceAt> prices = new ArrayList<>();
    private final List<LanguageAt> languages = new ArrayList<>();

    private record PriceAt(int indicator, PriceRange range) {}

    private final List<FingerprintAt> structures = new ArrayList<>();
    private final List<FingerprintAt> texts = new ArrayList<>();

    private record LanguageAt(int indicator, String range) {}

    private record FingerprintAt(int indicator, long bits, int distance) {
        static FingerprintAt of(int indicator, String pattern) {
            int slash = pattern.indexOf('/');
            return new FingerprintAt(
                    indicator,
                    SimHash.ofHex(pattern.substring(0, slash)),
                    Integer.parseInt(pattern.substring(slash + 1)));
        }
    }

    /** Takes what is true of a whole page. */
    @FunctionalInterface
    interface OfPage {
        void add(int indicator, String value);
    }

    /** Names that a rule gives whole or, with a final {@code *}, by their beginning; in any case. */
    private static final class Names {
        private final Map<String, List<Integer>> whole = new HashMap<>();
        private final Map<String, List<Integer>> beginnings = new HashMap<>();
        private int longest;

        void add(String pattern, int indicator) {
            String name = pattern.toLowerCase(Locale.ROOT);
            if (name.endsWith("*")) {
                String beginning = name.substring(0, name.length() - 1);
                longest = Math.max(longest, beginning.length());
                beginnings.computeIfAbsent(beginning, n -> new ArrayList<>()).add(indicator);
            } else {
                whole.computeIfAbsent(name, n -> new ArrayList<>()).add(indicator);
            }
        }

        void find(String value, int length, ValueSink found) {
            String name = value.toLowerCase(Locale.ROOT);
            whole.getOrDefault(name, List.of()).forEach(indicator -> found.add(indicator, 0, length));
            if (!beginnings.isEmpty()) {
                for (int end = 0; end <= Math.min(longest, name.length()); end++) {
                    beginnings
                            .getOrDefault(name.substring(0, end), List.of())
                            .forEach(indicator -> found.add(indicator, 0, length));
                }
            }
        }
    }

    /** @param hashKey key of keyed hashes, null if there are none */
    ValueRules(@Nullable Secret hashKey) {
        addresses = new KeyedHashes(hashKey);
    }

    /** @throws IllegalArgumentException if the pattern cannot be compiled; names the rule */
    void add(Indicator indicator, int i) {
        String pattern = indicator.pattern();
        switch (indicator.type()) {
            case SELECTOR -> selectors.add(Selector.of(indicator.rule(), pattern), i);
            case ANALYTICS -> analytics.add(pattern.indexOf(':') < 0 ? pattern + ":*" : pattern, i);
            case COOKIE -> cookies.add(pattern, i);
            case PRICE -> prices.add(new PriceAt(i, PriceRange.of(pattern)));
            case LANGUAGE -> languages.add(new LanguageAt(i, pattern.toLowerCase(Locale.ROOT)));
            case KEYED_HASH -> addresses.add(pattern, i);
            case DOM_FINGERPRINT -> structures.add(FingerprintAt.of(i, pattern));
            case TEXT_FINGERPRINT -> texts.add(FingerprintAt.of(i, pattern));
            default ->
                throw new IllegalArgumentException(
                        "indicator " + indicator.rule() + ": " + indicator.type() + " is no rule of values");
        }
        if (indicator.type() == Indicator.Type.PRICE) {
            priceFields.addAll(indicator.scope());
        } else if (!OF_PAGE.contains(indicator.type())) {
            fields.addAll(indicator.scope());
        }
    }

    /** Whether any rule looks at a field, whatever a passage of it has. */
    boolean lookAt(Field field) {
        return fields.contains(field);
    }

    /** Whether any rule looks for prices in a field. */
    boolean lookForPrices(Field field) {
        return priceFields.contains(field);
    }

    /**
     * @param types of the page's objects
     * @param text  the passage's text, folded
     */
    void find(Passage passage, JsonLdTypes types, FoldedText text, ValueSink found) {
        switch (passage.field()) {
            case META, OPEN_GRAPH, JSON_LD -> selectors.find(passage, types, text, found);
            case SCRIPT, HEADER -> {
                if (passage.detail().equals("cookie")) {
                    cookies.find(passage.text(), passage.text().length(), found);
                } else {
                    analytics.find(
                            passage.detail() + ':' + passage.text(),
                            passage.text().length(),
                            found);
                }
            }
            default -> {}
        }
        if (!addresses.isEmpty()) {
            addresses.find(passage, found);
        }
        if (!prices.isEmpty() && text.has(Folding.DIGIT)) {
            for (PriceAt price : prices) {
                price.range.find(passage.text(), (start, end) -> found.add(price.indicator, start, end));
            }
        }
    }

    /** What the page says of itself as a whole. */
    void ofPage(PageText page, OfPage found) {
        for (LanguageAt language : languages) {
            // RFC 4647 section 3.3.1, basic filtering
            if (page.language().equals(language.range) || page.language().startsWith(language.range + '-')) {
                found.add(language.indicator, page.language());
            }
        }
        if (!addresses.isEmpty()) {
            addresses.find(page.url(), indicator -> found.add(indicator, ""));
        }
        near(structures, page.structure(), found);
        if (!texts.isEmpty()) {
            near(texts, TextFingerprint.of(page), found);
        }
    }

    /** Gives the listed fingerprint, not the page's own: a page that changes a little stays the same evidence. */
    private static void near(List<FingerprintAt> listed, long fingerprint, OfPage found) {
        if (fingerprint == 0) {
            return;
        }
        for (FingerprintAt at : listed) {
            if (SimHash.distance(at.bits, fingerprint) <= at.distance) {
                found.add(at.indicator, SimHash.toHex(at.bits));
            }
        }
    }
}
