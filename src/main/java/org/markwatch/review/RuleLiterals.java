package org.markwatch.review;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Lexicon;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.LexiconEntry;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WordGroup;

/**
 * The words that a watchlist itself contains, by rule. A match may show them without a reveal; any other word of a
 * match is text of the page. Immutable.
 */
final class RuleLiterals {
    private static final Pattern BRAND_RULE = Pattern.compile("brand:([^@]+)@([a-z]+).*");
    private static final List<LexiconCategory> ACCEPTANCE = List.of(
            LexiconCategory.ACCEPT_OWN,
            LexiconCategory.ACCEPT_SURE,
            LexiconCategory.ACCEPT_VAGUE,
            LexiconCategory.ACCEPT_WEAK,
            LexiconCategory.PAYING,
            LexiconCategory.CARDS,
            LexiconCategory.ANY_CARD,
            LexiconCategory.CARD_WORD,
            LexiconCategory.ACCEPTED);

    private final Map<String, LiteralWords> indicators = new HashMap<>();
    private final Map<String, LiteralWords> brands = new HashMap<>();
    private final LiteralWords acceptance;

    private RuleLiterals(Watchlist watchlist) {
        for (Indicator indicator : watchlist.indicators()) {
            if (!indicator.isMasked()) {
                indicators.put(indicator.rule(), LiteralWords.of(literals(indicator, watchlist.lexicon())));
            }
        }
        for (Brand brand : watchlist.brands()) {
            Set<String> names = new HashSet<>(brand.aliases());
            names.add(brand.name());
            names.addAll(brand.logoNames());
            names.addAll(brand.logoClasses());
            names.addAll(brand.officialHosts());
            brands.put(brand.id(), LiteralWords.of(names));
        }
        acceptance = LiteralWords.of(wording(ACCEPTANCE, watchlist.lexicon()));
    }

    static RuleLiterals of(Watchlist watchlist) {
        return new RuleLiterals(watchlist);
    }

    /**
     * Returns the words of a rule; none for a restricted rule, and for a rule that the watchlist does not have in this
     * version.
     *
     * @param rule {@code id@version} of an indicator, or {@code brand:ID@KIND}
     */
    LiteralWords wordsOf(String rule) {
        Matcher ofBrand = BRAND_RULE.matcher(rule);
        if (!ofBrand.matches()) {
            return indicators.getOrDefault(rule, LiteralWords.NONE);
        }
        LiteralWords names = brands.getOrDefault(ofBrand.group(1), LiteralWords.NONE);
        return ofBrand.group(2).equals("acceptance") ? names.and(acceptance) : names;
    }

    private static Set<String> literals(Indicator indicator, Lexicon lexicon) {
        return switch (indicator.type()) {
            case REGEX -> RegexLiterals.of(indicator.pattern());
            case SELECTOR -> {
                String[] parts = indicator.pattern().split("~", 2);
                Set<String> literals = new HashSet<>(Set.of(parts[0]));
                if (parts.length == 2) {
                    literals.addAll(RegexLiterals.of(parts[1]));
                }
                yield literals;
            }
            case ACCOUNT, LANGUAGE, DOM_FINGERPRINT, PAYMENT_STRIP, TEXT_FINGERPRINT, KEYED_HASH -> Set.of();
            case METHOD -> Set.of(indicator.pattern().split(" *, *"));
            case TOGETHER -> wording(WordGroup.of(indicator.pattern()).categories(), lexicon);
            case PHRASE, HOST, PRICE, ANALYTICS, COOKIE -> Set.of(indicator.pattern());
        };
    }

    private static Set<String> wording(List<LexiconCategory> categories, Lexicon lexicon) {
        Set<String> wording = new HashSet<>();
        for (LexiconCategory category : categories) {
            lexicon.entriesOf(category)
                    .forEach(entry -> LexiconEntry.expand(entry)
                            .forEach(variant -> wording.add(variant.replace("{brand}", " "))));
        }
        return wording;
    }
}
