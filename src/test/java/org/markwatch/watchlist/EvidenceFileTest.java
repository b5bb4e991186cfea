package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceFileTest {
    private static final String FILE = "evidence/acceptance.csv";
    private static final EvidenceTable BUILT_IN = EvidenceTables.builtIn().acceptance();

    @TempDir
    Path folder;

    private JobConfigFolder config;

    @BeforeEach
    void createsValidFolder() {
        config = new JobConfigFolder(folder);
    }

    @Test
    void usesTheBuiltInPointsWithoutAFile() throws WatchlistException {
        assertThat(config.read().evidence().acceptance()).isEqualTo(BUILT_IN);
    }

    @Test
    void changesThePointsOfTheFeaturesInTheFileOnly() throws WatchlistException {
        config.with(FILE, "feature,points\nrow-of-names,3\narticle-share,-40\n");

        EvidenceTable table = config.read().evidence().acceptance();

        Map<String, EvidenceTable.Feature> expected = new LinkedHashMap<>(BUILT_IN.features());
        expected.replaceAll((id, feature) -> new EvidenceTable.Feature(
                switch (id) {
                    case "row-of-names" -> 3;
                    case "article-share" -> -40;
                    default -> feature.points();
                },
                feature.pages(),
                feature.sets(),
                feature.sentence()));
        assertThat(table).isEqualTo(new EvidenceTable(BUILT_IN.limits(), expected));
    }

    @Test
    void changesTheLimits() throws WatchlistException {
        config.with(FILE, "feature,points\nneeded,5\nmax-against-page,12\n");

        EvidenceTable table = config.read().evidence().acceptance();

        assertThat(table.needed()).isEqualTo(5);
        assertThat(table.maxAgainstPage()).isEqualTo(12);
        assertThat(table.features()).isEqualTo(BUILT_IN.features());
    }

    @Test
    void changesTheTableOfTheFileOnly() throws WatchlistException {
        EvidenceTable builtIn = EvidenceTables.builtIn().impersonation();
        config.with("evidence/impersonation.csv", "feature,points\nneeded-of-brand,9\nteaches,-1\n");

        EvidenceTables tables = config.read().evidence();

        assertThat(tables.impersonation().neededOfBrand()).isEqualTo(9);
        assertThat(tables.impersonation().needed()).isEqualTo(builtIn.needed());
        assertThat(tables.impersonation().feature("teaches").points()).isEqualTo(-1);
        assertThat(tables.acceptance()).isEqualTo(BUILT_IN);
    }

    @Test
    void acceptsTheColumnsOfTheBuiltInTableAndIgnoresAllButPoints() throws WatchlistException {
        config.with(FILE, "feature,points,pages,sets,sentence\nprice,4,1,1,\"other words\"\n");

        EvidenceTable.Feature price = config.read().evidence().acceptance().feature("price");

        assertThat(price.points()).isEqualTo(4);
        assertThat(price.sentence()).isEqualTo(BUILT_IN.feature("price").sentence());
        assertThat(price.pages()).isEqualTo(BUILT_IN.feature("price").pages());
    }

    @Test
    void switchesAFeatureOffWithZeroPoints() throws WatchlistException {
        config.with(FILE, "feature,points\nlong-text,0\n");

        assertThat(config.read().evidence().acceptance().feature("long-text").points())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "row-of-name,3 | feature=row-of-name; is not a feature; did you mean row-of-names?",
                "nothing-like-it,3 | feature=nothing-like-it; is not a feature; docs/detection.md lists them",
                "price,-3 | points=-3; must keep its sign: a feature speaks either for a use or against it",
                "article-share,3 | points=3; must keep its sign: a feature speaks either for a use or against it",
                "price,101 | points=101; must be a whole number from -100 to 100",
                "price,-101 | points=-101; must be a whole number from -100 to 100",
                "price,many | points=many; must be a whole number from -100 to 100",
                "price, | points; is required",
                "needed,-1 | points=-1; must be 0 or more",
                "needed-of-brand,3 | feature=needed-of-brand; is not a feature; docs/detection.md lists them",
                "max-against-page,-20 | points=-20; must be 0 or more"
            })
    void reportsFaults(String row, String fault) {
        config.with(FILE, "feature,points\n" + row + "\n");

        assertThat(config.faults()).containsExactly(FILE + ": line 2, column " + fault);
    }

    @Test
    void reportsAFeatureThatIsThereTwice() {
        config.with(FILE, "feature,points\nprice,4\ncart,4\nprice,5\n");

        assertThat(config.faults())
                .containsExactly(FILE + ": line 4, column feature=price; is there twice; remove one");
    }

    @Test
    void reportsUnknownColumn() {
        config.with(FILE, "feature,point\nprice,4\n");

        assertThat(config.faults())
                .anySatisfy(fault ->
                        assertThat(fault).contains(FILE).contains("point").contains("did you mean points?"));
    }

    @Test
    void changesTheRulesetHashWithThePointsAndWithNothingElse() throws WatchlistException {
        String builtIn = config.read().rulesetSha256();

        config.with(FILE, "feature,points\nprice,4\n");
        String changed = config.read().rulesetSha256();
        config.with(FILE, "feature,points,sentence\nprice,4,\"other words\"\n");
        String worded = config.read().rulesetSha256();
        config.with(FILE, "feature,points\nneeded,4\n");
        String needed = config.read().rulesetSha256();
        config.with(FILE, "feature,points\nprice," + BUILT_IN.feature("price").points() + "\n");
        String same = config.read().rulesetSha256();

        config.with("evidence/impersonation.csv", "feature,points\nneeded,4\n");
        String impersonation = config.read().rulesetSha256();

        assertThat(changed).isNotEqualTo(builtIn);
        assertThat(impersonation).isNotEqualTo(builtIn);
        assertThat(worded).isEqualTo(changed);
        assertThat(needed).isNotEqualTo(builtIn).isNotEqualTo(changed);
        assertThat(same).isEqualTo(builtIn);
    }
}
