package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.AuditEntry;

class HistoryEntryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "item.view",
                "item.decide",
                "run.stop",
                "run.attest",
                "robots.ignore",
                "retention.purge",
                "hold.place",
                "hold.release"
            })
    void showsActionInWords(String action) {
        AuditEntry entry = AuditEntry.after("0".repeat(64), 1, Instant.EPOCH, "system", action, "run:7", "{}");

        ConsoleWords words = new ConsoleWords(new ReviewConfiguration().messageSource(), Locale.ENGLISH);
        assertThat(words.label("audit.action", HistoryEntry.of(entry, words).action()))
                .matches("[a-z -]+(robots[.]txt by authority)?");
    }
}
