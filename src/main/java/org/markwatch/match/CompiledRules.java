package org.markwatch.match;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.BrandPatterns;
import org.markwatch.brand.BrandRules;
import org.markwatch.brand.BrandScan;
import org.markwatch.brand.BrandTarget;
import org.markwatch.brand.Side;
import org.markwatch.match.Match.Kind;
import org.markwatch.text.Disguise;
import org.markwatch.text.Folding;
import org.markwatch.text.PatternIndex;
import org.markwatch.watchlist.Diacritics;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Policy;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WordGroup;

/** What a watchlist looks for, laid out to be found fast. Unchanged once made, but for what it learns; for any number of threads. */
final class CompiledRules {
    /** Where a brand's name stands in a phrase. */
    private static final String PLACEHOLDER = "{brand}";

    final BrandRules brands;
    /** Weight of each kind of brand use, by its ordinal. */
    final int[] brandWeights = new int[Kind.values().length];
    /** Group of what pretends to be a brand. */
    final String identityGroup;

    final Indicator[] indicators;
    /** For each indicator the effect of its group; {@code CONTEXT}, which has none, if the indicator is not live. */
    final Policy.Effect[] effects;
    /** For each indicator the fields it is looked for in, a bit each by ordinal. */
    final int[] scopes;
    /** What the patterns of the index stand for. */
    final Target[] targets;

    final PatternIndex index;
    /** Texts that say nothing, as far as pages had them. */
    final QuietTexts quiet = new QuietTexts();
    /** Words that may be disguised. */
    final Disguise.Vocabulary vocabulary;
    /** Words to be found without the diacritics of a text; none if those are kept. */
    final Disguise.Vocabulary withoutDiacritics;
    /** Traits with which a passage is read whatever words it has, and fields of which each is, a bit each by ordinal. */
    final int traitsToRead;

    final int fieldsToRead;
    /** Fields of which each passage with a digit is read, and with a long word, a bit each by ordinal. */
    final int fieldsOfNumbers;

    final int fieldsOfAccounts;
    /** By indicator, null for those that are none; also below. */
    final @Nullable RegexRule[] regexes;
    /** Indicators with an expression that has no literal, and so is tried in every text. */
    final int[] unanchored;
    /** Indicators of accounts. */
    final int[] accounts;

    final @Nullable AccountSyntax[] accountSyntaxes;
    final ValueRules values;
    /** Indicators of unbranded rows of payment pictures. */
    final List<Integer> strips = new ArrayList<>();
    /** Word groups, by indicator. */
    final Map<Integer, WordGroup> together = new LinkedHashMap<>();
    /** Indicators of ways to pay that have no brand pack. */
    final List<Indicator> methods;
    /** Whether any indicator is restricted. */
    final boolean restricts;

    /** What a pattern of the index stands for. */
    sealed interface Target {
        record Rule(int indicator) implements Target {}

        record Host(int indicator) implements Target {}

        record Literal(int indicator) implements Target {}

        /** A pattern of the brands. */
        record OfBrands(BrandTarget target) implements Target {}

        /** The wording of an indicator beside a {@code {brand}}. */
        record BesideBrand(int indicator, Side side) implements Target {}
    }

    /**
     * @param compiled the indicators to look for, of the watchlist
     * @param judging  whether uses of brands are looked for too
     * @throws IllegalArgumentException if a pattern cannot be compiled; names the rule
     */
    CompiledRules(Watchlist watchlist, List<Indicator> compiled, boolean judging, LocalDate today) {
        methods = compiled.stream()
                .filter(indicator -> indicator.type() == Indicator.Type.METHOD)
                .toList();
        List<WordGroup> groups = new ArrayList<>();
        for (int i = 0; i < compiled.size(); i++) {
            if (compiled.get(i).type() == Indicator.Type.TOGETHER) {
                groups.add(WordGroup.of(compiled.get(i).pattern()));
                together.put(i, groups.getLast());
            }
        }
        brands = new BrandRules(watchlist, methods, groups, judging, today);
        Policy policy = watchlist.policy();
        for (Kind kind : Kind.values()) {
            brandWeights[kind.ordinal()] = policy.brandUsePoints().getOrDefault(kind.label(), 0);
        }
        identityGroup = policy.groups().containsKey(Match.IDENTITY) ? Match.IDENTITY : Match.MARKS;
        values = new ValueRules(watchlist.hashKey());
        indicators = compiled.toArray(Indicator[]::new);
        restricts = compiled.stream().anyMatch(Indicator::restricted);
        effects = new Policy.Effect[indicators.length];
        scopes = new int[indicators.length];
        regexes = new RegexRule[indicators.length];
        accountSyntaxes = new AccountSyntax[indicators.length];

        List<Target> found = new ArrayList<>();
        PatternIndex.Builder builder = new PatternIndex.Builder();
        List<Integer> withoutLiteral = new ArrayList<>();
        List<Integer> accountRules = new ArrayList<>();
        for (int i = 0; i < indicators.length; i++) {
            Indicator indicator = indicators[i];
            effects[i] = indicator.state() == Indicator.State.LIVE
                    ? policy.effect(indicator.group())
                    : Policy.Effect.CONTEXT;
            for (Field field : indicator.scope()) {
                scopes[i] |= 1 << field.ordinal();
            }
            switch (indicator.type()) {
                case PHRASE -> phrase(indicator, i, builder, found);
                case HOST -> {
                    builder.opening(hostPattern(indicator), found.size());
                    found.add(new Target.Host(i));
                }
                case REGEX -> {
                    RegexRule regex = new RegexRule(indicator.rule(), indicator.pattern());
                    regexes[i] = regex;
                    RequiredLiterals literals = regex.literals();
                    if (literals.strings().isEmpty()) {
                        withoutLiteral.add(i);
                    }
                    for (String literal : literals.strings()) {
                        if (literals.openWords()) {
                            builder.opening(literal, found.size());
                        } else {
                            builder.anywhere(literal, found.size(), literals.needsDigit());
                        }
                    }
                    found.add(new Target.Literal(i));
                }
                case ACCOUNT -> {
                    accountSyntaxes[i] = AccountSyntax.named(indicator.rule(), indicator.pattern());
                    accountRules.add(i);
                }
                case PAYMENT_STRIP -> strips.add(i);
                case METHOD, TOGETHER -> {}
                case PRICE, SELECTOR, ANALYTICS, COOKIE, LANGUAGE, DOM_FINGERPRINT, TEXT_FINGERPRINT, KEYED_HASH ->
                    values.add(indicator, i);
            }
        }
        brands.addTo(new BrandPatterns() {
            @Override
            public void phrase(String pattern, BrandTarget target) {
                if (builder.phrase(pattern, found.size())) {
                    found.add(new Target.OfBrands(target));
                }
            }

            @Override
            public void opening(String folded, BrandTarget target) {
                builder.opening(folded, found.size());
                found.add(new Target.OfBrands(target));
            }

            @Override
            public void anywhere(String folded, BrandTarget target) {
                builder.anywhere(folded, found.size(), false);
                found.add(new Target.OfBrands(target));
            }
        });
        targets = found.toArray(Target[]::new);
        index = builder.build();
        vocabulary = index::mayHaveWord;
        withoutDiacritics =
                watchlist.settings().matching().diacritics() == Diacritics.DROP ? vocabulary : Disguise.Vocabulary.NONE;
        unanchored = withoutLiteral.stream().mapToInt(Integer::intValue).toArray();
        accounts = accountRules.stream().mapToInt(Integer::intValue).toArray();
        traitsToRead = unanchored.length > 0 ? -1 : index.traitsToRead();
        int fields = 0;
        for (Field field : Field.values()) {
            if (values.lookAt(field) || brands.isJudging() && BrandScan.READ_ALWAYS.contains(field)) {
                fields |= 1 << field.ordinal();
            }
        }
        fieldsToRead = fields;
        fieldsOfNumbers = fieldsOfNumbers();
        fieldsOfAccounts = accountRules.stream().map(i -> scopes[i]).reduce(0, (one, other) -> one | other);
    }

    /** Fields in which prices, accounts or expressions with a digit are looked for. */
    private int fieldsOfNumbers() {
        int fields = 0;
        for (Field field : Field.values()) {
            boolean prices = brands.isJudging() && BrandScan.isReadForPrices(field) || values.lookForPrices(field);
            fields |= prices ? 1 << field.ordinal() : 0;
        }
        for (int i = 0; i < indicators.length; i++) {
            RegexRule regex = regexes[i];
            // literals that open words are found by the index, whatever else a passage has
            boolean numbers = regex != null
                    ? regex.literals().needsDigit() && !regex.literals().openWords()
                    : accountSyntaxes[i] != null;
            if (numbers) {
                fields |= indicators[i].restricted() ? -1 : scopes[i];
            }
        }
        return fields;
    }

    private static void phrase(Indicator indicator, int i, PatternIndex.Builder builder, List<Target> found) {
        String pattern = indicator.pattern();
        int placeholder = pattern.indexOf(PLACEHOLDER);
        Target target = new Target.Rule(i);
        if (placeholder >= 0) {
            boolean nameAfter = !pattern.substring(0, placeholder).isBlank();
            pattern = nameAfter
                    ? pattern.substring(0, placeholder)
                    : pattern.substring(placeholder + PLACEHOLDER.length());
            target = new Target.BesideBrand(i, nameAfter ? Side.NAME_AFTER : Side.NAME_BEFORE);
        }
        if (!builder.phrase(pattern, found.size())) {
            throw new IllegalArgumentException("indicator " + indicator.rule() + ": pattern=" + indicator.pattern()
                    + "; must have a letter or digit to look for");
        }
        found.add(target);
    }

    private static String hostPattern(Indicator indicator) {
        String host = Folding.fold(indicator.pattern());
        if (host.isEmpty()) {
            throw new IllegalArgumentException(
                    "indicator " + indicator.rule() + ": pattern is empty; must be a host name such as pay.example");
        }
        return host;
    }
}
