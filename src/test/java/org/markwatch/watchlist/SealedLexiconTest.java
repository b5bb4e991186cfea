package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedLexiconTest {
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final Secret KEY = Secret.ofHex(HEX);
    private static final String TABLE = """
            id,type,pattern,group,weight,scope,source
            lx.1,phrase,blue heron,checkout,9,text,team
            lx.2,regex,"grey her(on|ring)",checkout,9,text,team
            """;

    @TempDir
    private Path folder;

    private JobConfigFolder config;

    @BeforeEach
    void createsFolder() {
        config = new JobConfigFolder(folder)
                .with(
                        "markwatch.yaml",
                        JobConfigFolder.SETTINGS
                                + "matching:\n  restricted-lexicon: lexicon.sealed\n  lexicon-key: lexicon.key\n")
                .with("lexicon.key", HEX + "\n");
    }

    private static byte[] sealed(String table) throws WatchlistException {
        return SealedLexicon.seal("lexicon.csv", table, KEY);
    }

    @Test
    void encryptsTable() throws Exception {
        byte[] sealed = sealed(TABLE);

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                .startsWith("MWLEX01\n")
                .doesNotContain("heron", "lx.1");
        assertThat(SealedLexicon.open(sealed, KEY)).isEqualTo(TABLE);
        assertThat(sealed(TABLE)).as("a new nonce each time").isNotEqualTo(sealed);
    }

    @Test
    void rejectsWrongKeyAndChangedByte() throws Exception {
        byte[] sealed = sealed(TABLE);
        for (int at : List.of(0, 9, 25, sealed.length - 1)) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> SealedLexicon.open(changed, KEY)).isInstanceOf(MalformedValueException.class);
        }
        assertThatThrownBy(() -> SealedLexicon.open(sealed, Secret.ofHex("f".repeat(64))))
                .isInstanceOf(MalformedValueException.class);
        assertThatThrownBy(() -> SealedLexicon.open(Arrays.copyOf(sealed, 20), KEY))
                .isInstanceOf(MalformedValueException.class);
    }

    @Test
    void addsRestrictedIndicatorsToWatchlist() throws Exception {
        config.with("lexicon.sealed", sealed(TABLE));

        Watchlist watchlist = config.read();

        assertThat(watchlist.indicators())
                .filteredOn(Indicator::restricted)
                .extracting(Indicator::id)
                .containsExactly("lx.1", "lx.2");
        assertThat(watchlist.toString()).doesNotContain("heron", HEX);
    }

    @Test
    void includesSealedFileInRulesetHash() throws Exception {
        config.with("lexicon.sealed", sealed(TABLE));
        String one = config.read().rulesetSha256();

        assertThat(config.read().rulesetSha256()).isEqualTo(one);
        assertThat(config.with("lexicon.sealed", sealed(TABLE)).read().rulesetSha256())
                .isNotEqualTo(one);
    }

    @Test
    void prefersKeyOfEnvironment() throws Exception {
        config.with("lexicon.sealed", sealed(TABLE)).with("lexicon.key", "no key");

        assertThat(WatchlistReader.read(folder, Map.of("MARKWATCH_LEXICON_KEY", HEX))
                        .indicators())
                .extracting(Indicator::id)
                .contains("lx.1");
    }

    @Test
    void reportsFaultsWithoutShowingKey() throws Exception {
        config.with("lexicon.sealed", sealed(TABLE));

        config.with("lexicon.key", "f".repeat(64));
        assertThat(config.faults())
                .containsExactly("lexicon.sealed; cannot be decrypted: the key is wrong, or the file was changed");
        config.with("lexicon.key", "5ecret");
        assertThat(config.faults()).hasSize(2).noneMatch(fault -> fault.contains("5ecret"));
        config.without("lexicon.key");
        assertThat(config.faults()).anyMatch(fault -> fault.contains("lexicon-key=lexicon.key; cannot be read"));
    }

    @Test
    void reportsOnlyLineOfFaultInSealedTable() throws Exception {
        // seal does not know the policy, so only the reader of the folder checks groups
        config.with("lexicon.sealed", sealed(TABLE.replace("blue heron,checkout", "blue heron,chekout")));

        assertThat(config.faults())
                .containsExactly(
                        "lexicon.sealed: line 2; has a fault that is not shown, because the file is sealed; run lexicon"
                                + " seal on the plain table to see it");
    }

    @Test
    void validatesTableBeforeEncryption() {
        assertThatThrownBy(() -> sealed(TABLE.replace("her(on|ring)", "her(on")))
                .isInstanceOf(WatchlistException.class)
                .hasMessageContaining("lexicon.csv: line 3, column pattern=grey her(on");
        assertThatThrownBy(() -> sealed("id,type\n")).isInstanceOf(WatchlistException.class);
    }

    @Test
    void requiresKeyForKeyedHashes() throws Exception {
        config = new JobConfigFolder(folder.resolve("other"));
        config.with(
                "indicators/listed.csv",
                "id,type,pattern,group,weight,source\nlisted.1,keyed-hash," + "ab".repeat(32) + ",checkout,9,team\n");

        assertThat(config.faults())
                .containsExactly(
                        "indicators/listed.csv: line 2, column type=keyed-hash; needs the key of its hash list; set"
                                + " matching.hash-key in markwatch.yaml to the key file, or set MARKWATCH_HASH_KEY");
        config.with("hash.key", HEX)
                .with("markwatch.yaml", JobConfigFolder.SETTINGS + "matching: {hash-key: hash.key}\n");
        assertThat(config.faults()).isEmpty();
        String hash = config.read().rulesetSha256();
        assertThat(config.with("hash.key", "f".repeat(64)).read().rulesetSha256())
                .as("another key matches other addresses")
                .isNotEqualTo(hash);
        Files.writeString(folder.resolve("other/hash.key"), "short");
        assertThat(config.faults()).anyMatch(fault -> fault.contains("must hold a key: 64 hex digits"));
    }
}
