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

class LexiconTest {
    @TempDir
    Path folder;

    private JobConfigFolder config;

    @BeforeEach
    void writesFolderWithoutFaults() {
        config = new JobConfigFolder(folder);
    }

    @ParameterizedTest
    @EnumSource(LexiconCategory.class)
    void shipsWordsForEachMeaning(LexiconCategory meaning) {
        assertThat(Lexicon.builtIn().entriesOf(meaning)).isNotEmpty().doesNotHaveDuplicates();
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
        assertThat(LexiconFile.isNamedByLanguage(name)).as(name).isTrue();
        config.with("wording/" + name, Files.readString(file));
        assertThat(config.faults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LexiconCategory.class)
    void tellsTeamsWhatEachMeaningIs(LexiconCategory meaning) throws IOException {
        String key = Syntax.configName(meaning);
        assertThat(Files.readString(Path.of("docs/wording.md"))).contains("\n| `" + key + "` | ");
        assertThat(Files.readString(Path.of("job-config/schema/wording.schema.json")))
                .contains('"' + key + '"');
    }

    @Test
    void judgesByTheShippedWordsWhereAFolderHasNone() throws WatchlistException {
        assertThat(config.read().lexicon()).isEqualTo(Lexicon.builtIn());
    }

    @Test
    void addsTheWordsOfAFolderToTheShippedOnes() throws WatchlistException {
        config.with("wording/sw.yaml", "accept-own: ['tunapokea malipo ya {brand}']\npaying: ['lipi*']\n");

        Lexicon wording = config.read().lexicon();

        assertThat(wording.entriesOf(LexiconCategory.ACCEPT_OWN))
                .containsAll(Lexicon.builtIn().entriesOf(LexiconCategory.ACCEPT_OWN))
                .contains("tunapokea malipo ya {brand}");
        assertThat(wording.entriesOf(LexiconCategory.PAYING)).contains("lipi*");
    }

    @Test
    void takesOutShippedWordsThatAFolderDoesNotWant() throws WatchlistException {
        assertThat(Lexicon.builtIn().entriesOf(LexiconCategory.ACCEPT_WEAK)).contains("only");
        config.with("wording/en.yaml", "without:\n  accept-weak: [only]\n");

        assertThat(config.read().lexicon().entriesOf(LexiconCategory.ACCEPT_WEAK))
                .doesNotContain("only")
                .hasSize(
                        Lexicon.builtIn().entriesOf(LexiconCategory.ACCEPT_WEAK).size() - 1);
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
        assertThat(LexiconEntry.expand("(a (b|c)|d)e?"))
                .containsExactlyInAnyOrder("a be", "a b", "a ce", "a c", "de", "d");
    }
}
