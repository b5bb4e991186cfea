package org.markwatch.brand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.markwatch.brand.ImpersonationCandidate.Place;
import org.markwatch.brand.PageSigns.LogoAt;
import org.markwatch.watchlist.Brand;

/** Decides which brands a page impersonates. One use per page. */
final class Impersonation {
    private static final String RULE = "impersonation";
    /** Places of other brands from which the feature has its whole value. */
    private static final double PLACES_OF_OTHERS = 4;

    private final BrandRules rules;
    private final ImpersonationEvidence evidence;
    private final List<Brand> brands;
    private final BrandHosts brandHosts;
    private final String host;
    private final PageSigns signs;
    private final UsesFound uses;

    Impersonation(BrandRules rules, String host, PageSigns signs, UsesFound uses) {
        this.rules = rules;
        this.evidence = rules.impersonation;
        this.brands = rules.brands;
        this.brandHosts = rules.hosts;
        this.host = host;
        this.signs = signs;
        this.uses = uses;
    }

    /**
     * Adds a use for each brand that the page impersonates. On an official host there is none.
     *
     * @param lookalike brands that the host's name looks like
     * @param thorough  whether to weigh also what cannot be an impersonation, as one who asks why may want to know
     * @return what was weighed, by brand in the order of the watchlist
     */
    List<WeighedImpersonation> judge(BitSet lookalike, boolean thorough) {
        boolean none = signs.names.stream().allMatch(name -> rules.method(name.brand()) >= 0)
                && signs.logos.isEmpty()
                && signs.assets.isEmpty()
                && signs.ownAddresses.isEmpty();
        if (none || !brandHosts.official(host).isEmpty()) {
            return List.of();
        }
        BitSet drawn = drawn();
        Titles titles = new Titles(signs);
        FormSigns forms = new FormSigns(signs);
        OwnerSigns owners = new OwnerSigns(signs);
        ImpersonationCandidates candidates = new ImpersonationCandidates();
        new NameFeatures(brands, signs, titles, forms, owners, candidates).read();
        new ReferenceFeatures(signs, forms, owners, candidates).read(drawn);
        ImpersonationPage page = new ImpersonationPage(rules.siteNames, host, signs, titles, forms, owners);
        BrandPlaces places = new BrandPlaces(signs, titles, drawn);
        BitSet inHost = brandHosts.named(host);

        Map<Integer, ImpersonationCandidate> possible = new TreeMap<>();
        candidates.forEach((brand, candidate) -> {
            ofBrand(brand, candidate, places, lookalike);
            Map<ImpersonationFeature, Double> values = new EnumMap<>(page.values());
            values.putAll(candidate.values());
            if (inHost.get(brand)) {
                values.put(ImpersonationFeature.NAMED_IN_HOST, 1.0);
            }
            if (rules.method(brand) < 0 && (thorough || evidence.isPossible(values))) {
                possible.put(brand, candidate);
            }
        });
        if (possible.isEmpty()) {
            return List.of();
        }
        page.readTexts();
        List<WeighedImpersonation> weighed = new ArrayList<>();
        possible.forEach((brand, candidate) -> {
            ofTexts(brand, candidate, page);
            // any app may go by a common word
            if (inHost.get(brand)
                    && (candidate.isNamedAsBrand() || brands.get(brand).bank() || page.speaksOfMoney())) {
                candidate.add(ImpersonationFeature.NAMED_IN_HOST, candidate.first());
            }
            Map<ImpersonationFeature, Double> values = new EnumMap<>(page.values());
            candidate.values().forEach((feature, value) -> values.merge(feature, value, Math::max));
            Evidence sum = evidence.of(brands.get(brand).id(), values);
            weighed.add(new WeighedImpersonation(values, sum));
            if (sum.found()) {
                add(brand, candidate.strongest(evidence), sum);
            }
        });
        return weighed;
    }

    private void add(int brand, Place place, Evidence sum) {
        String rule = place.disguise().isEmpty() ? RULE : RULE + "-" + place.disguise();
        uses.addImpersonation(signs.passage(place.passage()), place.start(), place.end(), brand, rule, sum.features());
    }

    /** Brands that visitors see drawn. */
    private BitSet drawn() {
        BitSet drawn = new BitSet();
        for (LogoAt at : signs.logos) {
            if (uses.drawn.get(at.logo().brand())
                    && !signs.passage(at.passage()).hidden()) {
                drawn.set(at.logo().brand());
            }
        }
        return drawn;
    }

    /** Adds the features that relate a brand to the others, to the host and to what was found so far. */
    private void ofBrand(int brand, ImpersonationCandidate candidate, BrandPlaces places, BitSet lookalike) {
        Place place = candidate.first();
        int own = places.own(brand);
        int others = places.others(brand);
        candidate.add(ImpersonationFeature.BRAND_SHARE, (double) Math.max(1, own) / (Math.max(1, own) + others), place);
        candidate.add(ImpersonationFeature.OTHER_BRANDS, others / PLACES_OF_OTHERS, place);
        if (lookalike.get(brand)) {
            candidate.add(ImpersonationFeature.LOOKALIKE_HOST, place);
        }
        if (brands.get(brand).bank()) {
            candidate.add(ImpersonationFeature.BANK, place);
        }
        if (uses.seenToBeAccepted.get(brand)) {
            candidate.add(ImpersonationFeature.TAKES_BRAND, place);
        }
        if (!candidate.isNamed()) {
            candidate.add(ImpersonationFeature.NOT_NAMED, place);
        } else if (!candidate.isNamedAsBrand()) {
            candidate.add(ImpersonationFeature.COMMON_WORD, place);
        }
    }

    /** Adds the features that compare a brand with all texts of the page. */
    private void ofTexts(int brand, ImpersonationCandidate candidate, ImpersonationPage page) {
        Place place = candidate.first();
        boolean claimed = candidate.values().containsKey(ImpersonationFeature.RIGHTS);
        candidate.add(ImpersonationFeature.RIGHTS_OF_OTHERS, page.rightsOfOthers(claimed), place);
        if (!candidate.isNamed() || candidate.isNamedInFull()) {
            return;
        }
        if (!page.speaksOfMoney()) {
            candidate.add(ImpersonationFeature.NOT_OF_MONEY, place);
        }
        boolean called = signs.names.stream()
                .filter(name -> name.brand() == brand)
                .limit(1)
                .anyMatch(page::isCalled);
        if (called) {
            candidate.add(ImpersonationFeature.OWN_TITLE, place);
        }
    }
}
