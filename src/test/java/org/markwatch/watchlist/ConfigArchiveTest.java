package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigArchiveTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeSeedsAndKey() throws Exception {
        Files.writeString(folder.resolve("seeds.csv"), "url\nhttp://shop.example/\n");
        Files.writeString(folder.resolve("webhook.key"), "ab".repeat(32));
    }

    @Test
    void holdsAllThatAWorkerNeedsThoughNoticesHaveAKey() throws Exception {
        settings("https://chat.bank.example/hook");
        ConfigArchive.PackedWatchlist packed = ConfigArchive.readAndPack(folder);
        Watchlist own = packed.watchlist();

        Watchlist unpacked = ConfigArchive.read(packed.files());

        assertThat(own.settings().notices().webhookKey()).isNotNull();
        assertThat(unpacked.settings().notices()).isEqualTo(Settings.NoticeSettings.NONE);
        assertThat(unpacked.rulesetSha256()).isEqualTo(own.rulesetSha256());
        assertThat(unpacked.seeds()).isEqualTo(own.seeds());
    }

    @Test
    void holdsTheFilesThatWereReadAlthoughTheyAreEditedAndRemovedAfterwards() throws Exception {
        settings("https://chat.bank.example/hook");
        ConfigArchive.PackedWatchlist packed = ConfigArchive.readAndPack(folder);
        Files.writeString(folder.resolve("seeds.csv"), "url\nhttp://other.example/\n");
        Files.delete(folder.resolve("markwatch.yaml"));

        Watchlist unpacked = ConfigArchive.read(packed.files());

        assertThat(unpacked.seeds()).isEqualTo(packed.watchlist().seeds());
        assertThat(unpacked.settings().crawl())
                .isEqualTo(packed.watchlist().settings().crawl());
    }

    @Test
    void holdsOwnBrandsBesideRulesOfTheFolderThatItIsIn() throws Exception {
        Path rules = folder.resolve("rules");
        Path config = Files.createDirectories(rules.resolve("night"));
        Files.writeString(config.resolve("seeds.csv"), "url\nhttp://shop.example/\n");
        Files.writeString(config.resolve("markwatch.yaml"), "demo: true\nrules-from: ..\n");
        copy("visa.yaml", rules);
        copy("mastercard.yaml", config);
        Files.copy(Path.of("job-config", "policies.yaml"), rules.resolve("policies.yaml"));
        Files.writeString(
                Files.createDirectories(rules.resolve("indicators")).resolve("a.csv"),
                "id,type,pattern,group,weight,scope,state,source,match\n");

        ConfigArchive.PackedWatchlist packed = ConfigArchive.readAndPack(config);

        Watchlist unpacked = ConfigArchive.read(packed.files());
        assertThat(unpacked.brands()).hasSize(2).isEqualTo(packed.watchlist().brands());
    }

    private static void copy(String brand, Path to) throws Exception {
        Path brands = Files.createDirectories(to.resolve("brands"));
        Files.copy(Path.of("job-config", "brands", brand), brands.resolve(brand));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://alert_receiver:9000/hook",
                "https://chat.bank.example/{id}",
                "https://a.example/%zz",
                "ftp://a.example/"
            })
    void rejectsWebhookThatCannotBeCalled(String url) throws Exception {
        settings(url);

        assertThatThrownBy(() -> WatchlistReader.read(folder))
                .isInstanceOf(WatchlistException.class)
                .hasMessageContaining("whose host has letters, digits, '.' and '-' only");
    }

    private void settings(String webhook) throws Exception {
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                notices:
                  webhook: '%s'
                  webhook-key: webhook.key
                """.formatted(
                        Path.of("job-config").toAbsolutePath(), webhook));
    }
}
