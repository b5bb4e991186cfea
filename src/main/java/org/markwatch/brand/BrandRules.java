package org.markwatch.brand;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.markwatch.brand.PageSigns.Strength;
import org.markwatch.text.FoldedBytes;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.LexiconEntry;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WordGroup;

/**
 * The brands of a watchlist, compiled: their names and hosts, the wording around them, and the points of evidence. Immutable;
 * for any number of threads.
 */
public final class BrandRules {
    /** Where a brand's name stands in a phrase. */
    private static final String PLACEHOLDER = "{brand}";

    /** Letters of a name that may have the ending of a case: {@code PayPalem}. */
    private static final int SHORTEST_INFLECTED = 6;
    /** Letters of a name that may have an ending that no other word has: {@code Visalla}. */
    private static final int SHORTEST_WITH_RARE_CASE = 4;

    /** The brands, and behind them the ways to pay that have no brand pack. */
    final List<Brand> brands;

    /** Their names as sites are called. */
    final List<String> siteNames;

    private final int methodsFrom;
    final CompiledLexicon book;
    final PaymentWords words;
    final BrandHosts hosts;
    final EvidenceModel acceptance;
    final EvidenceModel logo;
    final ImpersonationEvidence impersonation;
    final LookalikeHosts lookalikes;
    final References references;
    private final boolean judging;
    /** Categories that begin word groups. */
    private final Set<LexiconCategory> groupWords;

    private final Set<String> vague = new HashSet<>();

    /**
     * @param methods indicators of ways to pay that have no brand pack; their uses follow those of the brands
     * @param groups  word groups that are looked for
     * @param judging whether uses of brands are looked for; if not, names only stand for the placeholders of phrases
     * @param today   the day in UTC for grants of merchants
     */
    public BrandRules(
            Watchlist watchlist, List<Indicator> methods, List<WordGroup> groups, boolean judging, LocalDate today) {
        List<Brand> owned = watchlist.brands();
        methodsFrom = owned.size();
        brands = Stream.concat(owned.stream(), methods.stream().map(BrandRules::method))
                .toList();
        siteNames = Titles.siteNames(brands);
        this.judging = judging && !owned.isEmpty() || !methods.isEmpty();
        groupWords = groups.stream()
                .map(WordGroup::first)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(LexiconCategory.class)));
        Set<LexiconCategory> grouped =
                groups.stream().flatMap(group -> group.categories().stream()).collect(Collectors.toSet());
        book = CompiledLexicon.of(watchlist.lexicon(), grouped);
        words = new PaymentWords(book);
        hosts = new BrandHosts(owned, today);
        acceptance = new EvidenceModel(UseKind.ACCEPTANCE, watchlist.evidence().acceptance());
        logo = new EvidenceModel(UseKind.LOGO, watchlist.evidence().logo());
        impersonation = new ImpersonationEvidence(watchlist.evidence().impersonation());
        lookalikes = new LookalikeHosts(
                owned, hosts, book.folded(LexiconCategory.HOST_BAIT), book.folded(LexiconCategory.NEAR_NAME));
        references = new References(owned, words);
        for (String claim : book.entries(LexiconCategory.ACCEPT_VAGUE)) {
            vague.add(Folding.fold(withoutPlaceholder(claim)));
        }
    }

    /** A way to pay as the matching of names sees it: it has no marks, hosts or owner. */
    private static Brand method(Indicator indicator) {
        List<String> names = List.of(indicator.pattern().split(" *, *"));
        return new Brand(
                indicator.id(),
                names.getFirst(),
                names.subList(1, names.size()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    /**
     * Returns which of the methods an index of a brand stands for.
     *
     * @return its place among the methods, or -1 for a brand
     */
    public int method(int brand) {
        return Math.max(-1, brand - methodsFrom);
    }

    /** Whether uses of brands are looked for. */
    public boolean isJudging() {
        return judging;
    }

    /** Returns the id of a brand by its index. */
    public String brandId(int brand) {
        return brands.get(brand).id();
    }

    /**
     * Whether a part of a page may name a logo: a file name, a class, a caption. Most do not.
     *
     * @param from offset of its first character
     * @param to   offset after its last character
     */
    public boolean mayShowLogo(FoldedBytes bytes, int from, int to) {
        return references.mayShowLogo(bytes, from, to);
    }

    /** Gives everything that has to be found for a {@link BrandScan}. */
    public void addTo(BrandPatterns patterns) {
        for (int b = 0; b < brands.size(); b++) {
            brand(b, patterns);
        }
        groupWords.forEach(category -> groupWords(category, patterns));
        if (judging) {
            cues(patterns);
            officialHosts(patterns);
        }
    }

    /**
     * An entry as words, or the longest fixed part of one that takes any letters: a passage that has none of them has no entry.
     * Many entries have the same variants, of which one is enough.
     */
    private void groupWords(LexiconCategory category, BrandPatterns patterns) {
        BrandTarget target = new BrandTarget.GroupWord(category);
        Set<String> phrases = new LinkedHashSet<>();
        Set<String> openings = new LinkedHashSet<>();
        Set<String> endings = new LinkedHashSet<>();
        for (String entry : book.entries(category)) {
            for (String variant : LexiconEntry.expand(entry)) {
                if (variant.indexOf('*') < 0) {
                    phrases.add(variant);
                    continue;
                }
                String[] parts = variant.split("\\*", -1);
                // behind any letters and a space begins a word
                String opening = longest(i -> i == 0 || parts[i].startsWith(" "), parts);
                if (opening.isEmpty()) {
                    endings.add(longest(i -> true, parts));
                } else {
                    openings.add(opening);
                }
            }
        }
        phrases.forEach(phrase -> patterns.phrase(phrase, target));
        openings.forEach(opening -> patterns.opening(opening, target));
        endings.forEach(ending -> patterns.anywhere(ending, target));
    }

    private static String longest(IntPredicate wanted, String[] parts) {
        return IntStream.range(0, parts.length)
                .filter(wanted)
                .mapToObj(i -> Folding.fold(parts[i]))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    private void brand(int b, BrandPatterns patterns) {
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
                patterns.phrase(written, new BrandTarget.BrandName(b, common));
            }
        }
        String label = squeezed(brand.name()) + ".com";
        for (String host : brand.officialHosts()) {
            if (host.startsWith(label)) {
                // 'Citi.com' is never a common word; 'visa de' is Spanish
                patterns.phrase(host, new BrandTarget.BrandName(b, false));
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

    private void cues(BrandPatterns patterns) {
        claims(LexiconCategory.ACCEPT_OWN, Strength.OWN, patterns);
        claims(LexiconCategory.ACCEPT_SURE, Strength.SURE, patterns);
        claims(LexiconCategory.ACCEPT_VAGUE, Strength.VAGUE, patterns);
        cues(LexiconCategory.ACCEPT_WEAK, new BrandTarget.AcceptanceCue(Side.EITHER, Strength.WEAK), patterns);
        cues(LexiconCategory.SHOP, new BrandTarget.ShopPart(false), patterns);
        cues(LexiconCategory.PAYMENT_BOX, new BrandTarget.ShopPart(true), patterns);
        cues(LexiconCategory.ACCOUNT_LABEL, new BrandTarget.AccountLabel(), patterns);
        cues(LexiconCategory.SECRET_LABEL, new BrandTarget.SecretLabel(), patterns);
    }

    private void claims(LexiconCategory meaning, Strength strength, BrandPatterns patterns) {
        for (String claim : book.entries(meaning)) {
            Side side = claim.startsWith(PLACEHOLDER) ? Side.NAME_BEFORE : Side.NAME_AFTER;
            patterns.phrase(withoutPlaceholder(claim), new BrandTarget.AcceptanceCue(side, strength));
        }
    }

    private void cues(LexiconCategory meaning, BrandTarget target, BrandPatterns patterns) {
        for (String phrase : book.entries(meaning)) {
            patterns.phrase(phrase, target);
        }
    }

    /** References are read where one of these stands, since few of the links and pictures of a page lead to a brand. */
    private void officialHosts(BrandPatterns patterns) {
        for (Brand brand : brands) {
            for (String host : brand.officialHosts()) {
                patterns.opening(Folding.fold(host), new BrandTarget.OfficialHost());
            }
        }
    }

    /** Whether folded wording is vague. */
    boolean isVague(String wording) {
        return vague.contains(wording);
    }

    private static String withoutPlaceholder(String claim) {
        return claim.replace(PLACEHOLDER, "").strip();
    }
}
