package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.markwatch.brand.Evidence.CountedFeature;
import org.markwatch.watchlist.EvidenceTable;

class EvidenceModelTest {
    private static final EvidenceModel MODEL = model();

    private static EvidenceModel model() {
        Map<String, EvidenceTable.Feature> features = new LinkedHashMap<>();
        features.put("own-wording", new EvidenceTable.Feature(40, 0, 0, "the owner says so"));
        features.put("sure-wording", new EvidenceTable.Feature(30, 0, 0, "sure"));
        features.put("row-of-names", new EvidenceTable.Feature(5, 0, 0, "row"));
        features.put("mentions", new EvidenceTable.Feature(-50, 0, 0, "mentions"));
        features.put("article-share", new EvidenceTable.Feature(-30, 0, 0, "article"));
        Map<String, Integer> limits =
                Map.of("needed", 20, "max-said", 45, "max-against-page", 60, "max-against-own-wording", 20);
        return new EvidenceModel(UseKind.ACCEPTANCE, new EvidenceTable(limits, features));
    }

    private static FeatureValues having(UseFeature... features) {
        FeatureValues values = new FeatureValues();
        Arrays.stream(features).forEach(values::set);
        return values;
    }

    @Test
    void addsThePointsOfFeatures() {
        assertThat(MODEL.sum(having(UseFeature.SURE_WORDING, UseFeature.ROW_OF_NAMES)))
                .isEqualTo(35);
    }

    @Test
    void countsWordingOfOneClauseUpToALimit() {
        FeatureValues twice = having(UseFeature.OWN_WORDING, UseFeature.SURE_WORDING, UseFeature.ROW_OF_NAMES);

        assertThat(MODEL.sum(twice)).isEqualTo(45 + 5);
        assertThat(MODEL.evidence("paypal", twice).features())
                .contains(new CountedFeature("max-said", -25, "wording of one clause counts up to a limit"));
    }

    @Test
    void subtractsForTheRestOfThePageUpToALimit() {
        FeatureValues page = having(UseFeature.SURE_WORDING, UseFeature.MENTIONS, UseFeature.ARTICLE_SHARE);

        assertThat(MODEL.sum(page)).isEqualTo(30 - 60);
        assertThat(MODEL.evidence("paypal", page).features())
                .contains(new CountedFeature("max-against-page", 20, "the rest of the page counts up to a limit"));
    }

    @Test
    void subtractsLessFromWhatTheOwnerSays() {
        assertThat(MODEL.sum(having(UseFeature.OWN_WORDING, UseFeature.MENTIONS, UseFeature.ARTICLE_SHARE)))
                .isEqualTo(40 - 20);
    }
}
