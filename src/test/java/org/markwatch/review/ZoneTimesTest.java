package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ZoneTimesTest {
    private static final ZoneTimes BERLIN = new ZoneTimes(ZoneId.of("Europe/Berlin"));

    @Test
    void tellsTheHourThatOccursTwiceApartByItsOffset() {
        assertThat(BERLIN.text(Instant.parse("2026-10-25T00:30:00Z"))).isEqualTo("2026-10-25 02:30 UTC+02:00");
        assertThat(BERLIN.text(Instant.parse("2026-10-25T01:30:00Z"))).isEqualTo("2026-10-25 02:30 UTC+01:00");
    }

    @Test
    void skipsTheHourThatDoesNotOccur() {
        assertThat(BERLIN.text(Instant.parse("2026-03-29T00:59:59Z"))).isEqualTo("2026-03-29 01:59 UTC+01:00");
        assertThat(BERLIN.text(Instant.parse("2026-03-29T01:00:00Z"))).isEqualTo("2026-03-29 03:00 UTC+02:00");
    }

    @Test
    void namesUtcWithoutAnOffset() {
        Instant time = Instant.parse("2026-11-25T00:40:30.123456Z");

        assertThat(new ZoneTimes(ZoneId.of("Etc/UTC")).text(time)).isEqualTo("2026-11-25 00:40 UTC");
        assertThat(BERLIN.machine(time)).isEqualTo("2026-11-25T00:40:30Z");
    }

    @Test
    void daysOfTheAuditBeginInTheZoneOfTheReader() {
        var day = new AuditFilterForm("", "", "", "2026-10-25", "2026-10-25").toFilter(BERLIN.zone());

        assertThat(day.from()).isEqualTo("2026-10-24T22:00:00Z");
        assertThat(day.to()).as("25 hours later").isEqualTo("2026-10-25T23:00:00Z");
    }
}
