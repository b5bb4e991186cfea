package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.markwatch.extract.Passage;
import org.markwatch.match.Evidence.CountedFeature;
import org.markwatch.watchlist.EvidenceTable;
import org.markwatch.watchlist.EvidenceTables;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Lexicon;

/** Adds up features by a table of its own, so that a new fit of the built-in points changes nothing here. */
class AcceptanceEvidenceTest {
    private static final Phrasebook BOOK = new Phrasebook(Lexicon.builtIn());
    private static final int VISA = 0;
    private static final int MASTERCARD = 1;

    private final List<Passage> passages = new ArrayList<>();
    private final List<PageSigns.Name> names = new ArrayList<>();
    private boolean price;
    private boolean shop;

    private static EvidenceTable table(int needed, int maxAgainstPage, Map<AcceptanceFeature, Integer> points) {
        Map<String, EvidenceTable.Feature> features = new LinkedHashMap<>();
        for (AcceptanceFeature feature : AcceptanceFeature.values()) {
            features.put(
                    feature.id(),
                    new EvidenceTable.Feature(points.getOrDefault(feature, 0), 30, 3, "sentence of " + feature.id()));
        }
        return new EvidenceTable(Map.of("needed", needed, "max-against-page", maxAgainstPage), features);
    }

    /** Adds a claim without a name, so that it has no features but its route. */
    private AcceptanceClaim claim(int brand, ClaimRoute route) {
        return claim(brand, route, false);
    }

    private AcceptanceClaim claim(int brand, ClaimRoute route, boolean hidden) {
        Passage passage = new Passage(Field.TEXT, "p", "text " + passages.size(), 0, hidden);
        passages.add(passage);
        return AcceptanceClaim.ofReference(
                passage, new PageSigns.Owned(passages.size() - 1, brand, 0, 4), "test", route);
    }

    private void heading(Field field, String detail, String text, int brand) {
        passages.add(new Passage(field, detail, text, 0, false));
        names.add(new PageSigns.Name(passages.size() - 1, brand, 0, text.length(), false, ""));
    }

    private List<AcceptanceEvidence.Weighed> weigh(EvidenceTable table, AcceptanceClaim... claims) {
        return weigh(table, List.of(claims));
    }

    private List<AcceptanceEvidence.Weighed> weigh(EvidenceTable table, List<AcceptanceClaim> claims) {
        PageSigns signs = new PageSigns(passages, BOOK);
        signs.names.addAll(names);
        signs.price = price;
        signs.shop = shop;
        signs.settle();
        return new AcceptanceEvidence(table, Watchlists.BRANDS)
                .weigh(new ClaimFeatures(signs, new PageFeatures(signs)), claims);
    }

    private Evidence evidence(EvidenceTable table, AcceptanceClaim claim) {
        return weigh(table, claim).getFirst().evidence();
    }

    @Test
    void addsUpThePointsOfFeatures() {
        price = true;
        shop = true;
        EvidenceTable table = table(
                10,
                20,
                Map.of(
                        AcceptanceFeature.CLAUSE, -5,
                        AcceptanceFeature.PRICE, 7,
                        AcceptanceFeature.CART, 9,
                        AcceptanceFeature.LIST, -50));

        Evidence evidence = evidence(table, claim(VISA, ClaimRoute.CLAUSE));

        assertThat(evidence.brand()).isEqualTo("visa");
        assertThat(evidence.sum()).isEqualTo(11);
        assertThat(evidence.needed()).isEqualTo(10);
        assertThat(evidence.found()).isTrue();
        assertThat(evidence.features())
                .as("most points first, each with its sentence")
                .extracting(CountedFeature::feature, CountedFeature::points, CountedFeature::sentence)
                .containsExactly(
                        tuple("cart", 9, "sentence of cart"),
                        tuple("price", 7, "sentence of price"),
                        tuple("clause", -5, "sentence of clause"));
    }

    @Test
    void findsAUseFromTheNeededPointsOn() {
        AcceptanceClaim claim = claim(VISA, ClaimRoute.OWN_WORDING);

        assertThat(evidence(table(8, 20, Map.of(AcceptanceFeature.OWN_WORDING, 8)), claim)
                        .found())
                .isTrue();
        assertThat(evidence(table(8, 20, Map.of(AcceptanceFeature.OWN_WORDING, 7)), claim)
                        .found())
                .isFalse();
    }

    @Test
    void limitsWhatThePageSubtracts() {
        heading(Field.TITLE, "title", "Visa", VISA);
        for (int i = 0; i < 9; i++) {
            heading(Field.HEADING, "h2", "Visa", VISA);
        }
        EvidenceTable table = table(
                0,
                20,
                Map.of(
                        AcceptanceFeature.OWN_WORDING, 25,
                        AcceptanceFeature.BRAND_IN_HEADLINE, -15,
                        AcceptanceFeature.HEADINGS_NAME_BRANDS, -26));

        Evidence evidence = evidence(table, claim(VISA, ClaimRoute.OWN_WORDING));

        assertThat(evidence.sum()).isEqualTo(5);
        assertThat(evidence.found()).isTrue();
        assertThat(evidence.features())
                .extracting(CountedFeature::feature, CountedFeature::points)
                .containsExactly(
                        tuple("headings-name-brands", -26),
                        tuple("own-wording", 25),
                        tuple("max-against-page", 21),
                        tuple("brand-in-headline", -15));
        assertThat(evidence.features().stream().mapToInt(CountedFeature::points).sum())
                .as("the features that people see add up to the sum")
                .isEqualTo(evidence.sum());
    }

    @Test
    void limitsNothingThatTheClaimItselfSubtracts() {
        Passage code = new Passage(Field.TEXT, "pre", "We accept Visa", 0, false);
        passages.add(code);
        PageSigns.Name name = new PageSigns.Name(0, VISA, 10, 14, false, "");
        names.add(name);
        AcceptanceClaim claim = AcceptanceClaim.ofName(
                new NamesInText(code, List.of(name), BOOK.paymentWords), 0, "test", ClaimRoute.OWN_WORDING);

        Evidence evidence = evidence(
                table(0, 20, Map.of(AcceptanceFeature.OWN_WORDING, 25, AcceptanceFeature.REPORTED, -40)), claim);

        assertThat(evidence.sum()).isEqualTo(-15);
        assertThat(evidence.found()).isFalse();
    }

    @Test
    void findsABrandByItsStrongestClaim() {
        EvidenceTable table = table(0, 20, Map.of(AcceptanceFeature.OWN_WORDING, 5, AcceptanceFeature.LIST, -12));

        assertThat(weigh(table, claim(VISA, ClaimRoute.LIST), claim(VISA, ClaimRoute.OWN_WORDING)))
                .extracting(one -> one.claim().route(), one -> one.evidence().found())
                .containsExactly(tuple(ClaimRoute.OWN_WORDING, true), tuple(ClaimRoute.LIST, false));
    }

    @Test
    void losesNoStrongClaimBehindManyWeakOnes() {
        List<AcceptanceClaim> claims = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            claims.add(claim(VISA, ClaimRoute.WEAK_WORDING));
        }
        claims.add(claim(VISA, ClaimRoute.SURE_WORDING));
        claims.add(claim(MASTERCARD, ClaimRoute.WEAK_WORDING));

        List<AcceptanceEvidence.Weighed> weighed = weigh(table(0, 20, Map.of()), claims);

        assertThat(weighed.stream().filter(one -> one.claim().brand() == VISA))
                .hasSize(200)
                .first()
                .extracting(one -> one.claim().route())
                .isEqualTo(ClaimRoute.SURE_WORDING);
        assertThat(weighed.stream().filter(one -> one.claim().brand() == MASTERCARD))
                .hasSize(1);
    }

    @Test
    void weighsWhatVisitorsSeeBeforeWhatIsHidden() {
        List<AcceptanceClaim> claims = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            claims.add(claim(VISA, ClaimRoute.OWN_WORDING, true));
        }
        claims.add(claim(VISA, ClaimRoute.MARKS));

        assertThat(weigh(table(0, 20, Map.of()), claims))
                .hasSize(200)
                .first()
                .extracting(one -> one.claim().route())
                .isEqualTo(ClaimRoute.MARKS);
    }

    @Test
    void weighsNothingWithoutClaims() {
        assertThat(weigh(EvidenceTables.builtIn().acceptance(), List.of())).isEmpty();
    }

    @Test
    void refusesATableThatLacksAFeature() {
        EvidenceTable empty = new EvidenceTable(Map.of("needed", 0, "max-against-page", 20), Map.of());

        assertThatThrownBy(() -> new AcceptanceEvidence(empty, Watchlists.BRANDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("own-wording");
    }

    /** A page that a team's own points change: the table of the job-config reaches the verdict. */
    @Test
    void usesTheTableOfTheWatchlist() {
        Pages page = Pages.page().text("We accept PayPal or cash");
        EvidenceTable strict = table(1, 20, Map.of());

        assertThat(accepted(EvidenceTables.builtIn().acceptance(), page)).isTrue();
        assertThat(accepted(strict, page)).isFalse();
    }

    private static boolean accepted(EvidenceTable table, Pages page) {
        return Matcher.compile(Watchlists.with(table), Watchlists.TODAY).match(page.build()).stream()
                .anyMatch(match -> match.kind() == Match.Kind.ACCEPTANCE);
    }
}
