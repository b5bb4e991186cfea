package org.markwatch.brand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.brand.PageSigns.LogoAt;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.brand.PageSigns.Owned;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/**
 * Decides which brands a page accepts, shows, impersonates, hot-links or mentions, and which its host resembles. One use per
 * page.
 */
final class BrandUses {
    /** Places in which any page names or draws what it takes. */
    private static final int FEW_PLACES = 3;
    /** Further ones of a page that is about brands. */
    private static final double MANY_PLACES = 20;

    private final BrandRules rules;
    private final List<Brand> brands;
    private final PageSigns signs;
    private final String host;
    private final PageWording wording;
    private final UsesFound uses;

    private @Nullable PageFeatures pageFeatures;
    /** By brand, the features of its strongest claim. */
    private final Map<Integer, FeatureValues> strongest = new TreeMap<>();

    private final Map<Integer, FeatureValues> strongestLogos = new TreeMap<>();

    BrandUses(BrandRules rules, PageText page, PageSigns signs, PageWording wording, UseSink sink) {
        this.rules = rules;
        this.brands = rules.brands;
        this.signs = signs;
        this.uses = new UsesFound(sink);
        host = page.url().host();
        this.wording = wording;
    }

    /**
     * @param thorough whether to weigh also what cannot be an impersonation
     * @return what was weighed of impersonations
     */
    List<WeighedImpersonation> judge(boolean thorough) {
        NameCandidates names = new NameCandidates(signs, wording, brands);
        for (UseCandidate candidate : candidates(names)) {
            judge(candidate);
        }
        mentions(names);
        for (Owned asset : signs.assets) {
            uses.add(signs.passage(asset.passage()), asset.start(), asset.end(), asset.brand(), UseKind.ASSET, "asset");
        }
        BitSet lookalike = lookalikeHost();
        return new Impersonation(rules, host, signs, uses).judge(lookalike, thorough);
    }

    /** Returns all places that may be a claim or a logo, with the features of the place and the page. */
    List<UseCandidate> candidates() {
        return candidates(new NameCandidates(signs, wording, brands));
    }

    private List<UseCandidate> candidates(NameCandidates names) {
        List<UseCandidate> candidates = new ArrayList<>(names.read());
        if (!signs.logos.isEmpty()) {
            candidates.addAll(new MarkCandidates(signs, wording, brands).read());
        }
        candidates.addAll(new ReferenceCandidates(signs).read());
        double places = (places(candidates) - FEW_PLACES) / MANY_PLACES;
        for (UseCandidate candidate : candidates) {
            candidate.features().add(pageFeatures().features());
            candidate.features().setShare(UseFeature.MANY_PLACES, places);
            candidate
                    .features()
                    .setShare(UseFeature.BRAND_IN_HEADLINE, pageFeatures().headlineShare(candidate.brand()));
        }
        return candidates;
    }

    /** Returns the number of passages in which visitors see a name or mark of a brand. */
    private int places(List<UseCandidate> candidates) {
        Set<Long> places = new HashSet<>();
        for (UseCandidate candidate : candidates) {
            Passage passage = candidate.passage();
            if (rules.method(candidate.brand()) < 0 && PageSigns.isSeen(passage)) {
                places.add((long) passage.field().ordinal() << Integer.SIZE | passage.start());
            }
        }
        return places.size();
    }

    private void judge(UseCandidate candidate) {
        FeatureValues features = candidate.features();
        strongest.merge(candidate.brand(), features, (one, other) -> stronger(rules.acceptance, one, other));
        boolean accepted = rules.acceptance.holds(features);
        LogoAt mark = candidate.mark();
        boolean drawn = mark != null && rules.logo.holds(features);
        if (drawn) {
            uses.drawn.set(candidate.brand());
        }
        if (accepted) {
            accept(candidate);
        }
        if (mark == null) {
            return;
        }
        strongestLogos.merge(candidate.brand(), features, (one, other) -> stronger(rules.logo, one, other));
        if (drawn) {
            uses.addLogo(
                    candidate,
                    rules.logo.evidence(brandId(candidate.brand()), features).features());
        } else if (mark.logo().trust() == Trust.ALONE) {
            uses.add(
                    candidate.passage(),
                    candidate.start(),
                    candidate.end(),
                    candidate.brand(),
                    UseKind.MENTION,
                    "name");
        }
    }

    private void accept(UseCandidate claim) {
        boolean seen = PageSigns.isSeen(claim.passage()) && (claim.mark() == null || signs.isSeenToSell());
        uses.accept(
                claim,
                seen,
                rules.acceptance
                        .evidence(brandId(claim.brand()), claim.features())
                        .features());
    }

    /** Names and captions that are no claims. */
    private void mentions(NameCandidates names) {
        for (Name name : names.mentions()) {
            Passage passage = signs.passage(name.passage());
            if (!uses.isAccepted(passage, name.start())) {
                uses.add(passage, name.start(), name.end(), name.brand(), UseKind.MENTION, name.rule("name"));
            }
        }
        for (LogoAt at : signs.logos) {
            Passage passage = signs.passage(at.passage());
            if (at.logo().trust() == Trust.NAMED_ONLY && passage.field() == Field.IMAGE) {
                uses.add(passage, at.logo().start(), at.logo().end(), at.logo().brand(), UseKind.MENTION, "name");
            }
        }
    }

    /** Returns the features of the page. Most pages name and draw no brand, and need none. */
    private PageFeatures pageFeatures() {
        PageFeatures features = pageFeatures;
        if (features == null) {
            features = new PageFeatures(signs, wording);
            pageFeatures = features;
        }
        return features;
    }

    private static FeatureValues stronger(EvidenceModel model, FeatureValues one, FeatureValues other) {
        return model.sum(other) > model.sum(one) ? other : one;
    }

    /** Returns the evidence of the strongest claim and the strongest logo of each brand. */
    List<Evidence> strongestEvidence() {
        List<Evidence> evidence = new ArrayList<>();
        strongest.forEach((brand, features) -> evidence.add(rules.acceptance.evidence(brandId(brand), features)));
        strongestLogos.forEach((brand, features) -> evidence.add(rules.logo.evidence(brandId(brand), features)));
        return evidence;
    }

    private String brandId(int brand) {
        return brands.get(brand).id();
    }

    // ---- the host

    /** Whether the word in the host's name has its other meaning on a page that asks for no secret: {@code visa-advice}. */
    private boolean isHomonym(LookalikeHosts.Lookalike one) {
        Brand brand = brands.get(one.brand());
        return signs.isHomonym()
                && !signs.credentials
                && one.way().equals("embedded")
                && brand.ambiguous().contains(brand.name());
    }

    private BitSet lookalikeHost() {
        BitSet found = new BitSet();
        List<LookalikeHosts.Lookalike> alike = rules.lookalikes.of(host).stream()
                .filter(one -> !isHomonym(one))
                .toList();
        if (alike.isEmpty()) {
            return found;
        }
        for (Passage passage : signs.passages) {
            int at = passage.field() == Field.URL ? passage.text().indexOf(host) : -1;
            if (at >= 0) {
                for (LookalikeHosts.Lookalike one : alike) {
                    found.set(one.brand());
                    uses.add(
                            passage,
                            at + one.start(),
                            at + one.end(),
                            one.brand(),
                            UseKind.LOOKALIKE_HOST,
                            "host-" + one.way());
                }
                return found;
            }
        }
        return found;
    }
}
