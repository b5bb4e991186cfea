package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WordingTest {
    @TempDir
    Path folder;

    private JobConfigFolder config;

    @BeforeEach
    void writesFolderWithoutFaults() {
        config = new JobConfigFolder(folder);
    }

    @ParameterizedTest
    @EnumSource(Meaning.class)
    void shipsWordsForEachMeaning(Meaning meaning) {
        assertThat(Wording.shipped().of(meaning)).isNotEmpty().doesNotHaveDuplicates();
    }

    static Stream<Path> shippedFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/wording"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shippedFiles")
    void shipsFilesThatAJobConfigMightHave(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        assertThat(WordingFile.isNamedByLanguage(name)).as(name).isTrue();
        config.with("wording/" + name, Files.readString(file));
        assertThat(config.faults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Meaning.class)
    void tellsTeamsWhatEachMeaningIs(Meaning meaning) throws IOException {
        String key = Syntax.word(meaning);
        assertThat(Files.readString(Path.of("docs/wording.md"))).contains("\n| `" + key + "` | ");
        assertThat(Files.readString(Path.of("job-config/schema/wording.schema.json")))
                .contains('"' + key + '"');
    }

    @Test
    void judgesByTheShippedWordsWhereAFolderHasNone() throws WatchlistException {
        assertThat(config.read().wording()).isEqualTo(Wording.shipped());
    }

    @Test
    void addsTheWordsOfAFolderToTheShippedOnes() throws WatchlistException {
        config.with("wording/sw.yaml", "accept-own: ['tunapokea malipo ya {brand}']\npaying: ['lipi*']\n");

        Wording wording = config.read().wording();

        assertThat(wording.of(Meaning.ACCEPT_OWN))
                .containsAll(Wording.shipped().of(Meaning.ACCEPT_OWN))
                .contains("tunapokea malipo ya {brand}");
        assertThat(wording.of(Meaning.PAYING)).contains("lipi*");
    }

    @Test
    void takesOutShippedWordsThatAFolderDoesNotWant() throws WatchlistException {
        assertThat(Wording.shipped().of(Meaning.ACCEPT_WEAK)).contains("only");
        config.with("wording/en.yaml", "without:\n  accept-weak: [only]\n");

        assertThat(config.read().wording().of(Meaning.ACCEPT_WEAK))
                .doesNotContain("only")
                .hasSize(Wording.shipped().of(Meaning.ACCEPT_WEAK).size() - 1);
    }

    @Test
    void hashesWordsSinceTheyChangeVerdicts() throws WatchlistException {
        String shipped = config.read().rulesetSha256();
        config.with("wording/sw.yaml", "accept-own: ['tunapokea malipo ya {brand}']\n");
        String added = config.read().rulesetSha256();
        config.with("wording/sw.yaml", "accept-sure: ['tunapokea malipo ya {brand}']\n");

        assertThat(added).isNotEqualTo(shipped);
        assertThat(config.read().rulesetSha256()).isNotIn(shipped, added);
    }

    @Test
    void wantsFilesCalledAfterALanguage() {
        config.with("wording/swahili.yaml", "paying: [lipa]\n");
        assertThat(config.faults())
                .containsExactly(
                        "wording/swahili.yaml; must be called after a language by ISO 639-1, like de.yaml, or any.yaml");
    }

    @Test
    void reportsAMeaningThatThereIsNot() {
        config.with("wording/en.yaml", "payng: [pay]\n");
        assertThat(config.faults())
                .containsExactly("wording/en.yaml: line 1, payng; is not a known key; did you mean paying?");
    }

    @Test
    void reportsTakingOutWhatIsNotThere() {
        config.with("wording/en.yaml", "without:\n  accept-weak: [onli]\n");
        assertThat(config.faults())
                .containsExactly(
                        "wording/en.yaml: line 2, without.accept-weak; has 'onli', which nothing adds; did you mean only?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "accept-own ~ we accept ~ must be words with {brand} before or behind them, like pay by {brand}",
                "shop ~ pay* ~ must be words, at most 100 characters",
                "banking-word ~ two words ~ must be one word",
                "paying ~ pay(ing ~ must be words; pay* for any ending, *card for any beginning, (a|b) for either, x? for x or nothing",
                "paying ~ [a-z]+ ~ must be words; pay* for any ending, *card for any beginning, (a|b) for either, x? for x or nothing"
            })
    void saysWhatAnEntryMayBe(String meaning, String entry, String allowed) {
        config.with("wording/en.yaml", meaning + ": [\"" + entry + "\"]\n");
        assertThat(config.faults())
                .containsExactly("wording/en.yaml: line 1, " + meaning + "[0]=" + entry + "; " + allowed);
    }

    @Test
    void refusesAnEntryThatMeansThousandsOfWords() {
        config.with("wording/en.yaml", "paying: ['(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)']\n");
        assertThat(config.faults()).singleElement().asString().contains("stands for more than 512 ways to write it");
    }

    @Test
    void spellsOutGroupsInGroups() {
        assertThat(WordingEntry.written("(a (b|c)|d)e?"))
                .containsExactlyInAnyOrder("a be", "a b", "a ce", "a c", "de", "d");
    }
}
