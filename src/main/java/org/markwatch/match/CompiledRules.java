package org.markwatch.match;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.PageSigns.Side;
import org.markwatch.match.PageSigns.Strength;
import org.markwatch.text.Disguise;
import org.markwatch.text.Folding;
import org.markwatch.text.PatternIndex;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Diacritics;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.Policy;
import org.markwatch.watchlist.Watchlist;

/** What a watchlist looks for, laid out to be found fast. Unchanged once made; for any number of threads. */
final class CompiledRules {
    /** Where a brand's name stands in a phrase. */
    private static final String PLACEHOLDER = "{brand}";

    final List<Brand> brands;
    /** Whether what a page does with brands is judged; if not, their names only stand for the placeholders of phrases. */
    final boolean judgesBrands;
    /** Weight of each kind of brand use, by its ordinal. */
    final int[] brandWeights = new int[Kind.values().length];
    /** Group of what pretends to be a brand. */
    final String identityGroup;

    final Phrasebook book;
    final PaymentWords paymentWords;
    private final Set<String> vague = new HashSet<>();
    final BrandHosts brandHosts;
    final EvidenceModel acceptance;
    final EvidenceModel logo;
    final ImpersonationEvidence impersonation;
    final LookalikeHosts lookalikes;
    final References references;
    final Indicator[] indicators;
    /** For each indicator the effect of its group; {@code CONTEXT}, which has none, if the indicator is not live. */
    final Policy.Effect[] effects;
    /** For each indicator the fields it is looked for in, a bit each by ordinal. */
    final int[] scopes;
    /** What the patterns of the index stand for. */
    final Target[] targets;

    final PatternIndex index;
    /** Words that may be disguised. */
    final Disguise.Vocabulary vocabulary;
    /** Words to be found without the diacritics of a text; none if those are kept. */
    final Disguise.Vocabulary withoutDiacritics;
    /** Traits with which a passage is read whatever words it has, and fields of which each is, a bit each by ordinal. */
    final int traitsToRead;

    final int fieldsToRead;
    /** Fields of which each passage with a digit is read, a bit each by ordinal. */
    final int fieldsOfNumbers;
    /** By indicator, null for those that are none; also below. */
    final @Nullable RegexRule[] regexes;
    /** Indicators with an expression that has no literal, and so is tried in every text. */
    final int[] unanchored;
    /** Indicators of accounts. */
    final int[] accounts;

    final @Nullable AccountSyntax[] accountSyntaxes;
    final ValueRules values;
    /** Whether any indicator is restricted. */
    final boolean restricts;
    /** Letters of a name that may have the ending of a case: {@code PayPalem}. */
    private static final int SHORTEST_INFLECTED = 6;
    /** Letters of a name that may have an ending that no other word has: {@code Visalla}. */
    private static final int SHORTEST_WITH_RARE_CASE = 4;

    /** What a pattern of the index stands for. */
    sealed interface Target {
        record Rule(int indicator) implements Target {}

        record Host(int indicator) implements Target {}

        record Literal(int indicator) implements Target {}

        record BrandName(int brand, boolean ambiguous) implements Target {}

        record Cue(Side side, Strength strength) implements Target {}

        /** A part of every shop: cart, checkout. */
        record Shop(boolean box) implements Target {}

        /** What stands before the number of a bank account. */
        record AccountLabel() implements Target {}

        /** A label of what only the holder of a card or an account knows. */
        record SecretLabel() implements Target {}

        /** A brand's own host. */
        record OfficialHost() implements Target {}

        /** The wording of an indicator beside a {@code {brand}}. */
        record BesideBrand(int indicator, Side side) implements Target {}
    }

    /**
     * @param compiled the indicators to look for, of the watchlist
     * @param judging  whether uses of brands are looked for too
     * @throws IllegalArgumentException if a pattern cannot be compiled; names the rule
     */
    CompiledRules(Watchlist watchlist, List<Indicator> compiled, boolean judging, LocalDate today) {
        brands = watchlist.brands();
        judgesBrands = judging && !brands.isEmpty();
        Policy policy = watchlist.policy();
        for (Kind kind : Kind.values()) {
            brandWeights[kind.ordinal()] = policy.brandUsePoints().getOrDefault(kind.label(), 0);
        }
        identityGroup = policy.groups().containsKey(Match.IDENTITY) ? Match.IDENTITY : Match.MARKS;
        values = new ValueRules(watchlist.hashKey());
        brandHosts = new BrandHosts(brands, today);
        book = new Phrasebook(watchlist.lexicon());
        acceptance = new EvidenceModel(Kind.ACCEPTANCE, watchlist.evidence().acceptance());
        logo = new EvidenceModel(Kind.LOGO, watchlist.evidence().logo());
        impersonation = new ImpersonationEvidence(watchlist.evidence().impersonation());
        lookalikes = new LookalikeHosts(brands, brandHosts, book.folded(LexiconCategory.HOST_BAIT));
        paymentWords = new PaymentWords(book);
        references = new References(brands, paymentWords);
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
                case PRICE, SELECTOR, ANALYTICS, COOKIE, LANGUAGE, DOM_FINGERPRINT, TEXT_FINGERPRINT, KEYED_HASH ->
                    values.add(indicator, i);
            }
        }
        for (int b = 0; b < brands.size(); b++) {
            brand(b, builder, found);
        }
        if (judgesBrands) {
            cues(builder, found);
            officialHosts(builder, found);
        }
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
            if (values.lookAt(field) || judgesBrands && References.READ_ALWAYS.contains(field)) {
                fields |= 1 << field.ordinal();
            }
        }
        fieldsToRead = fields;
        fieldsOfNumbers = fieldsOfNumbers();
    }

    /** Fields in which prices, accounts or expressions with a digit are looked for. */
    private int fieldsOfNumbers() {
        int fields = 0;
        if (judgesBrands) {
            for (Field field : Field.values()) {
                fields |= field.isRunningText() || field == Field.HEADING ? 1 << field.ordinal() : 0;
            }
        }
        for (int i = 0; i < indicators.length; i++) {
            RegexRule regex = regexes[i];
            boolean numbers = regex != null ? regex.literals().needsDigit() : accountSyntaxes[i] != null;
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

    private void brand(int b, PatternIndex.Builder builder, List<Target> found) {
        Brand brand = brands.get(b);
        Set<String> ambiguous = new HashSet<>();
        for (String word : brand.ambiguous()) {
            ambiguous.addAll(Folding.variants(word));
        }
        Set<String> names = new LinkedHashSet<>();
        names.add(brand.name());
        names.addAll(brand.aliases());
        for (String name : names) {
            boolean common = Folding.variants(name).stream().anyMatch(ambiguous::contains);
            for (String written : inflected(name)) {
                if (builder.phrase(written, found.size())) {
                    found.add(new Target.BrandName(b, common));
                }
            }
        }
        String label = squeezed(brand.name()) + ".com";
        for (String host : brand.officialHosts()) {
            if (host.startsWith(label) && builder.phrase(host, found.size())) {
                // 'Citi.com' is never a common word; 'visa de' is Spanish
                found.add(new Target.BrandName(b, false));
            }
        }
    }

    /**
     * A name with what languages write onto it: Arabic and Hebrew 'and', 'by' and 'the' before it, {@code \u0648}; Slavic, Finnish,
     * Hungarian and Turkish cases after it, {@code PayPalem}. Short names are met by chance with them.
     */
    private static List<String> inflected(String name) {
        String before = "";
        String after = "";
        boolean longer = name.length() >= SHORTEST_INFLECTED;
        switch (Character.UnicodeScript.of(name.codePointAt(0))) {
            case ARABIC -> before = "\u0648 \u0628 \u0644 \u0628\u0627\u0644 \u0648\u0628";
            case HEBREW -> before = "\u05d5 \u05d1 \u05dc \u05d4 \u05de";
            case LATIN ->
                after = longer
                        ? "em u om owi a ie ami lla ll\u00e4 illa in iin lal val nel on en n\u00e9l"
                        : name.length() >= SHORTEST_WITH_RARE_CASE ? "lla ll\u00e4 ou \u0105 \u0119" : "";
            case CYRILLIC -> after = longer ? "\u043e\u043c \u0435\u043c \u0430 \u0443 \u0435" : "";
            default -> {}
        }
        List<String> written = new ArrayList<>();
        written.add(name);
        for (String proclitic : before.split(" ")) {
            written.add(proclitic + name);
        }
        for (String ending : after.split(" ")) {
            written.add(name + ending);
        }
        return written.stream().distinct().toList();
    }

    private static String squeezed(String name) {
        return Folding.fold(name).replace(" ", "");
    }

    private void cues(PatternIndex.Builder builder, List<Target> found) {
        claims(LexiconCategory.ACCEPT_OWN, Strength.OWN, builder, found);
        claims(LexiconCategory.ACCEPT_SURE, Strength.SURE, builder, found);
        claims(LexiconCategory.ACCEPT_VAGUE, Strength.VAGUE, builder, found);
        cues(LexiconCategory.ACCEPT_WEAK, new Target.Cue(Side.EITHER, Strength.WEAK), builder, found);
        cues(LexiconCategory.SHOP, new Target.Shop(false), builder, found);
        cues(LexiconCategory.PAYMENT_BOX, new Target.Shop(true), builder, found);
        cues(LexiconCategory.ACCOUNT_LABEL, new Target.AccountLabel(), builder, found);
        cues(LexiconCategory.SECRET_LABEL, new Target.SecretLabel(), builder, found);
    }

    private void claims(LexiconCategory meaning, Strength strength, PatternIndex.Builder builder, List<Target> found) {
        for (String claim : book.entries(meaning)) {
            Side side = claim.startsWith(PLACEHOLDER) ? Side.NAME_BEFORE : Side.NAME_AFTER;
            String phrase = claim.replace(PLACEHOLDER, "").strip();
            builder.phrase(phrase, found.size());
            found.add(new Target.Cue(side, strength));
            if (strength == Strength.VAGUE) {
                vague.add(Folding.fold(phrase));
            }
        }
    }

    private void cues(LexiconCategory meaning, Target target, PatternIndex.Builder builder, List<Target> found) {
        for (String phrase : book.entries(meaning)) {
            builder.phrase(phrase, found.size());
            found.add(target);
        }
    }

    /** References are read where one of these stands, since few of the links and pictures of a page lead to a brand. */
    private void officialHosts(PatternIndex.Builder builder, List<Target> found) {
        for (Brand brand : brands) {
            for (String host : brand.officialHosts()) {
                builder.opening(Folding.fold(host), found.size());
            }
        }
        found.add(new Target.OfficialHost());
    }

    /** Whether folded wording is vague. */
    boolean isVague(String wording) {
        return vague.contains(wording);
    }
}
