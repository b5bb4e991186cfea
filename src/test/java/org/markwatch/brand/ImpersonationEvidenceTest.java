package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.markwatch.brand.Evidence.CountedFeature;
import org.markwatch.watchlist.EvidenceTable;

/** How the points of features add up. */
class ImpersonationEvidenceTest {
    private static ImpersonationEvidence evidence(Map<ImpersonationFeature, Integer> points) {
        Map<String, EvidenceTable.Feature> features = new LinkedHashMap<>();
        for (ImpersonationFeature feature : ImpersonationFeature.values()) {
            features.put(
                    feature.id(),
                    new EvidenceTable.Feature(points.getOrDefault(feature, 0), 30, 3, "sentence of " + feature.id()));
        }
        return new ImpersonationEvidence(
                new EvidenceTable(Map.of("needed", 40, "needed-of-brand", 5, "max-against-page", 20), features));
    }

    private static final ImpersonationEvidence EVIDENCE = evidence(Map.of(
            ImpersonationFeature.TITLE_IS_NAME, 30,
            ImpersonationFeature.HEADING, 3,
            ImpersonationFeature.NAMELESS_TITLE, 10,
            ImpersonationFeature.ASKS_PASSWORD, 60,
            ImpersonationFeature.NOT_NAMED, -50,
            ImpersonationFeature.OWN_TITLE, -15,
            ImpersonationFeature.TEACHES, -15));

    @Test
    void addsPointsTimesValuesAndReportsTheMostTellingFirst() {
        Evidence evidence = EVIDENCE.of(
                "paypal",
                Map.of(
                        ImpersonationFeature.TITLE_IS_NAME, 1.0,
                        ImpersonationFeature.ASKS_PASSWORD, 0.5,
                        ImpersonationFeature.TEACHES, 0.2));

        assertThat(evidence.sum()).isEqualTo(57);
        assertThat(evidence.needed()).isEqualTo(40);
        assertThat(evidence.found()).isTrue();
        assertThat(evidence.features())
                .extracting(CountedFeature::toString)
                .endsWith("-3 sentence of teaches")
                .hasSize(3);
    }

    @Test
    void limitsWhatTheRestOfThePageSubtracts() {
        Evidence evidence = EVIDENCE.of(
                "paypal",
                Map.of(
                        ImpersonationFeature.TITLE_IS_NAME, 1.0,
                        ImpersonationFeature.ASKS_PASSWORD, 0.5,
                        ImpersonationFeature.OWN_TITLE, 1.0,
                        ImpersonationFeature.TEACHES, 1.0));

        assertThat(evidence.sum()).isEqualTo(40);
        assertThat(evidence.found()).isTrue();
        assertThat(evidence.features())
                .contains(new CountedFeature("max-against-page", 10, "the rest of the page counts up to a limit"));
    }

    @Test
    void doesNotLimitWhatIsAbsent() {
        Evidence evidence = EVIDENCE.of(
                "paypal", Map.of(ImpersonationFeature.ASKS_PASSWORD, 1.0, ImpersonationFeature.NOT_NAMED, 1.0));

        assertThat(evidence.sum()).isEqualTo(10);
    }

    @Test
    void needsPointsOfTheBrandItself() {
        Map<ImpersonationFeature, Double> form = Map.of(ImpersonationFeature.ASKS_PASSWORD, 1.0);
        Map<ImpersonationFeature, Double> named =
                Map.of(ImpersonationFeature.ASKS_PASSWORD, 1.0, ImpersonationFeature.HEADING, 1.0);
        Map<ImpersonationFeature, Double> titled =
                Map.of(ImpersonationFeature.ASKS_PASSWORD, 1.0, ImpersonationFeature.TITLE_IS_NAME, 1.0);

        assertThat(EVIDENCE.of("paypal", form).found()).isFalse();
        assertThat(EVIDENCE.of("paypal", named).found()).isFalse();
        assertThat(EVIDENCE.of("paypal", titled).found()).isTrue();
    }

    @Test
    void ruledOutIsOnlyWhatNoOtherFeatureCanChange() {
        assertThat(EVIDENCE.isPossible(Map.of(ImpersonationFeature.ASKS_PASSWORD, 0.5)))
                .as("30, and 10 for the title")
                .isTrue();
        assertThat(EVIDENCE.isPossible(
                        Map.of(ImpersonationFeature.ASKS_PASSWORD, 0.5, ImpersonationFeature.OWN_TITLE, 1.0)))
                .as("what speaks against is not complete yet")
                .isTrue();
        assertThat(EVIDENCE.isPossible(Map.of(ImpersonationFeature.ASKS_PASSWORD, 0.4)))
                .isFalse();
    }

    @Test
    void rejectsATableThatLacksAFeature() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImpersonationEvidence(new EvidenceTable(Map.of("needed", 40), Map.of())))
                .withMessage("the evidence table has no feature title-is-name");
    }
}
