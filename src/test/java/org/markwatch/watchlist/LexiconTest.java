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
    void createsValidFolder() {
        config = new JobConfigFolder(folder);
    }

    @ParameterizedTest
    @EnumSource(LexiconCategory.class)
    void hasBuiltInEntriesForEachCategory(LexiconCategory category) {
        assertThat(Lexicon.builtIn().entriesOf(category)).isNotEmpty().doesNotHaveDuplicates();
    }

    static Stream<Path> builtInFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/wording"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("builtInFiles")
    void hasBuiltInFilesThatPassValidation(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        assertThat(LexiconFile.isNamedByLanguage(name)).as(name).isTrue();
        config.with("wording/" + name, Files.readString(file));
        assertThat(config.faults()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LexiconCategory.class)
    void documentsEachCategory(LexiconCategory category) throws IOException {
        String key = Syntax.configName(category);
        assertThat(Files.readString(Path.of("docs/wording.md"))).contains("\n| `" + key + "` | ");
        assertThat(Files.readString(Path.of("job-config/schema/wording.schema.json")))
                .contains('"' + key + '"');
    }

    @Test
    void usesBuiltInLexiconWithoutWordingFolder() throws WatchlistException {
        assertThat(config.read().lexicon()).isEqualTo(Lexicon.builtIn());
    }

    @Test
    void addsEntriesToBuiltInLexicon() throws WatchlistException {
        config.with("wording/sw.yaml", "accept-own: ['tunapokea malipo ya {brand}']\npaying: ['lipi*']\n");

        Lexicon lexicon = config.read().lexicon();

        assertThat(lexicon.entriesOf(LexiconCategory.ACCEPT_OWN))
                .containsAll(Lexicon.builtIn().entriesOf(LexiconCategory.ACCEPT_OWN))
                .contains("tunapokea malipo ya {brand}");
        assertThat(lexicon.entriesOf(LexiconCategory.PAYING)).contains("lipi*");
    }

    @Test
    void removesBuiltInEntries() throws WatchlistException {
        assertThat(Lexicon.builtIn().entriesOf(LexiconCategory.ACCEPT_WEAK)).contains("only");
        config.with("wording/en.yaml", "without:\n  accept-weak: [only]\n");

        assertThat(config.read().lexicon().entriesOf(LexiconCategory.ACCEPT_WEAK))
                .doesNotContain("only")
                .hasSize(
                        Lexicon.builtIn().entriesOf(LexiconCategory.ACCEPT_WEAK).size() - 1);
    }

    @Test
    void includesLexiconInRulesetHash() throws WatchlistException {
        String builtIn = config.read().rulesetSha256();
        config.with("wording/sw.yaml", "accept-own: ['tunapokea malipo ya {brand}']\n");
        String added = config.read().rulesetSha256();
        config.with("wording/sw.yaml", "accept-sure: ['tunapokea malipo ya {brand}']\n");

        assertThat(added).isNotEqualTo(builtIn);
        assertThat(config.read().rulesetSha256()).isNotIn(builtIn, added);
    }

    @Test
    void requiresFileNamedAfterLanguage() {
        config.with("wording/swahili.yaml", "paying: [lipa]\n");
        assertThat(config.faults())
                .containsExactly(
                        "wording/swahili.yaml; must be named after an ISO 639-1 language code, like de.yaml, or any.yaml");
    }

    @Test
    void reportsUnknownCategory() {
        config.with("wording/en.yaml", "payng: [pay]\n");
        assertThat(config.faults())
                .containsExactly("wording/en.yaml: line 1, payng; is not a known key; did you mean paying?");
    }

    @Test
    void reportsRemovalOfUnknownEntry() {
        config.with("wording/en.yaml", "without:\n  accept-weak: [onli]\n");
        assertThat(config.faults())
                .containsExactly(
                        "wording/en.yaml: line 2, without.accept-weak; has 'onli', which is not in the lexicon; did you mean only?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "accept-own ~ we accept ~ must be words with {brand} at the beginning or the end, like pay by {brand}",
                "shop ~ pay* ~ must be one or more words, at most 100 characters",
                "banking-word ~ two words ~ must be one word",
                "paying ~ pay(ing ~ must be words; pay* matches any ending, *card any beginning, (a|b) either alternative, x? makes x optional",
                "paying ~ [a-z]+ ~ must be words; pay* matches any ending, *card any beginning, (a|b) either alternative, x? makes x optional"
            })
    void reportsMalformedEntry(String category, String entry, String allowed) {
        config.with("wording/en.yaml", category + ": [\"" + entry + "\"]\n");
        assertThat(config.faults())
                .containsExactly("wording/en.yaml: line 1, " + category + "[0]=" + entry + "; " + allowed);
    }

    @Test
    void rejectsEntryWithTooManyVariants() {
        config.with("wording/en.yaml", "paying: ['(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)']\n");
        assertThat(config.faults()).singleElement().asString().contains("has more than 512 variants");
    }

    @Test
    void expandsNestedGroups() {
        assertThat(LexiconEntry.expand("(a (b|c)|d)e?"))
                .containsExactlyInAnyOrder("a be", "a b", "a ce", "a c", "de", "d");
    }
}
