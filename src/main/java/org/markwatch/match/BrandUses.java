package org.markwatch.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.extract.PageText;
import org.markwatch.extract.Passage;
import org.markwatch.match.LogoLexicon.Trust;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.PageSigns.LogoAt;
import org.markwatch.match.PageSigns.Owned;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.Field;

/**
 * Decides what a page does with a brand from all that was met on it: acceptance claim, logo, impersonation, lookalike host,
 * hot-linked asset or mere mention. Names in text are for {@link NamedBrands}, pictures for {@link DrawnBrands}. One use of a page.
 */
final class BrandUses {
    /** Values of two letters in forms, from which they are a list of countries or states: AE, DC, MC. */
    private static final int PLACES = 12;

    private final AcceptanceEvidence acceptanceEvidence;
    private final List<Brand> brands;
    private final LookalikeHosts lookalikes;
    private final BrandHosts brandHosts;
    private final PageSigns signs;
    private final UsesFound uses;
    private final String host;

    private @Nullable PageFeatures pageFeatures;
    private List<AcceptanceEvidence.Weighed> evidence = List.of();

    BrandUses(
            AcceptanceEvidence acceptanceEvidence,
            List<Brand> brands,
            LookalikeHosts lookalikes,
            BrandHosts brandHosts,
            PageText page,
            PageSigns signs,
            UsesFound.Sink sink) {
        this.acceptanceEvidence = acceptanceEvidence;
        this.brands = brands;
        this.lookalikes = lookalikes;
        this.brandHosts = brandHosts;
        this.signs = signs;
        this.uses = new UsesFound(sink);
        String pageHost = page.url().host();
        host = pageHost == null ? "" : pageHost;
        signs.settle();
    }

    /**
     * @param thorough whether to weigh also what cannot be a copy of a brand's page
     * @return what was weighed of copies
     */
    List<Copy> judge(boolean thorough) {
        NamedBrands named = new NamedBrands(signs, uses);
        DrawnBrands drawn = new DrawnBrands(signs, uses, brands);
        for (Owned action : signs.actions) {
            uses.claim(AcceptanceClaim.ofReference(
                    signs.passage(action.passage()), action, "form-host", ClaimRoute.FORM_HOST));
        }
        for (Owned link : signs.payLinks) {
            uses.claim(
                    AcceptanceClaim.ofReference(signs.passage(link.passage()), link, "pay-link", ClaimRoute.PAY_LINK));
        }
        for (Owned script : signs.scripts) {
            uses.claim(AcceptanceClaim.ofReference(signs.passage(script.passage()), script, "sdk", ClaimRoute.SCRIPT));
        }
        named.judge();
        paymentValues();
        drawn.judge();
        new NamedLists(signs, uses, brands).judge();
        acceptance();
        for (Owned asset : signs.assets) {
            uses.add(signs.passage(asset.passage()), asset.start(), asset.end(), asset.brand(), Kind.ASSET, "asset");
        }
        BitSet lookalike = lookalikeHost();
        return new Impersonation(
                        brands,
                        brandHosts,
                        host,
                        signs,
                        uses,
                        () -> pageFeatures().articleShare())
                .judge(lookalike, thorough);
    }

    /** Returns the features of the page. Most pages name and draw no brand, and need none. */
    private PageFeatures pageFeatures() {
        PageFeatures features = pageFeatures;
        if (features == null) {
            features = new PageFeatures(signs);
            pageFeatures = features;
        }
        return features;
    }

    /** Accepts the claims that hold; a name of another claim is a mention. */
    private void acceptance() {
        if (uses.claims().isEmpty()) {
            return;
        }
        evidence = acceptanceEvidence.weigh(new ClaimFeatures(signs, pageFeatures()), uses.claims());
        for (AcceptanceEvidence.Weighed weighed : evidence) {
            AcceptanceClaim claim = weighed.claim();
            if (weighed.evidence().found()) {
                uses.accept(
                        claim,
                        isSeenToBeTaken(claim),
                        weighed.evidence().features().stream()
                                .map(Evidence.CountedFeature::toString)
                                .toList());
            } else if (claim.names() != null) {
                uses.add(claim.passage(), claim.start(), claim.end(), claim.brand(), Kind.MENTION, "name");
            }
        }
    }

    /** Whether visitors see the claim, and of a mark also that something is sold. */
    private boolean isSeenToBeTaken(AcceptanceClaim claim) {
        return !claim.passage().hidden() && (claim.route() != ClaimRoute.MARKS || signs.isSeenToSell());
    }

    /** Returns the features of each claim, by brand. */
    Map<Integer, List<Map<AcceptanceFeature, Double>>> claimFeatures() {
        ClaimFeatures features = new ClaimFeatures(signs, pageFeatures());
        Map<Integer, List<Map<AcceptanceFeature, Double>>> claims = new TreeMap<>();
        uses.claims()
                .forEach(claim -> claims.computeIfAbsent(claim.brand(), brand -> new ArrayList<>())
                        .add(features.of(claim)));
        return claims;
    }

    /** Returns the evidence of the strongest claim of each brand. */
    Collection<Evidence> strongestEvidence() {
        Map<Integer, Evidence> strongest = new TreeMap<>();
        for (AcceptanceEvidence.Weighed weighed : evidence) {
            strongest.merge(
                    weighed.claim().brand(), weighed.evidence(), (one, other) -> other.sum() > one.sum() ? other : one);
        }
        return strongest.values();
    }

    // ---- values and forms

    /** {@code paymentAccepted} by itself; choices of a form if the form speaks of paying or two brands are among them. */
    private void paymentValues() {
        BitSet chosen = new BitSet();
        boolean places = signs.passages.stream().filter(BrandUses::isCode).count() >= PLACES;
        List<LogoAt> logos = signs.logos.stream()
                .filter(at -> at.logo().trust() != Trust.IN_SERIES)
                .toList();
        boolean sure = false;
        for (LogoAt at : logos) {
            if (isChoice(signs.passage(at.passage()), places)) {
                chosen.set(at.logo().brand());
                sure |= at.logo().trust() != Trust.BESIDE_LOGO;
            }
        }
        for (LogoAt at : logos) {
            Passage passage = signs.passage(at.passage());
            boolean value = PageSigns.isPaymentValue(passage);
            boolean choice =
                    isChoice(passage, places) && (at.logo().trust() == Trust.ALONE || sure && chosen.cardinality() > 1);
            if (value || choice) {
                uses.claim(AcceptanceClaim.ofLogo(
                        passage,
                        at,
                        value ? "json-ld" : "form-choice",
                        value ? ClaimRoute.STRUCTURED_DATA : ClaimRoute.FORM_CHOICE));
            }
        }
    }

    private static boolean isChoice(Passage passage, boolean places) {
        return passage.field() == Field.FORM && !(places && isCode(passage));
    }

    private static boolean isCode(Passage passage) {
        return passage.field() == Field.FORM
                && passage.detail().equals("value")
                && passage.text().length() == 2
                && passage.text().chars().allMatch(Character::isLetter);
    }

    /** Whether the word in the host's name has its other meaning on a page that asks for no secret: {@code visa-advice}. */
    private boolean isHomonym(LookalikeHosts.Lookalike one) {
        return signs.homonym
                && !signs.credentials
                && one.way().equals("embedded")
                && brands.get(one.brand())
                        .ambiguous()
                        .contains(brands.get(one.brand()).name());
    }

    private BitSet lookalikeHost() {
        BitSet found = new BitSet();
        List<LookalikeHosts.Lookalike> alike =
                lookalikes.of(host).stream().filter(one -> !isHomonym(one)).toList();
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
                            Kind.LOOKALIKE_HOST,
                            "host-" + one.way());
                }
                return found;
            }
        }
        return found;
    }
}
