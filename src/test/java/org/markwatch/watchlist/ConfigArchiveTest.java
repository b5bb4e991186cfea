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
        Watchlist own = WatchlistReader.read(folder);

        Watchlist unpacked = ConfigArchive.read(ConfigArchive.pack(folder));

        assertThat(own.settings().notices().webhookKey()).isNotNull();
        assertThat(unpacked.settings().notices()).isEqualTo(Settings.NoticeSettings.NONE);
        assertThat(unpacked.rulesetSha256()).isEqualTo(own.rulesetSha256());
        assertThat(unpacked.seeds()).isEqualTo(own.seeds());
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
