package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlackOutsTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Test
    void coverHoursOfDaysOfTheWeek() throws Exception {
        BlackOuts office = blackOuts("mon-fri 08:00-18:30");

        assertThat(office.end(paris("2026-11-30T07:59"))).isEmpty();
        assertThat(office.end(paris("2026-11-30T08:00"))).contains(paris("2026-11-30T18:30"));
        assertThat(office.end(paris("2026-11-30T18:30"))).isEmpty();
        assertThat(office.end(paris("2026-11-29T12:00"))).as("a Sunday").isEmpty();
    }

    @Test
    void coverWeekendThatBeginsBeforeSunday() throws Exception {
        assertThat(blackOuts("sat-mon 00:00-24:00").end(paris("2026-11-28T12:00")))
                .contains(paris("2026-12-01T00:00"));
    }

    @Test
    void coverBothDatesOfAPeriod() throws Exception {
        BlackOuts holidays = blackOuts("2026-12-24 to 2026-12-26", "2027-01-01");

        assertThat(holidays.end(paris("2026-12-23T23:59"))).isEmpty();
        assertThat(holidays.end(paris("2026-12-26T23:59"))).contains(paris("2026-12-27T00:00"));
        assertThat(holidays.end(paris("2027-01-01T00:00"))).contains(paris("2027-01-02T00:00"));
    }

    @Test
    void endAfterTheLastOfThoseThatFollowEachOther() throws Exception {
        assertThat(blackOuts("daily 00:00-06:00", "2026-12-24", "daily 06:00-07:00")
                        .end(paris("2026-12-24T05:00")))
                .contains(paris("2026-12-25T07:00"));
    }

    @Test
    void followTheClockOfTheZone() throws Exception {
        BlackOuts noon = blackOuts("daily 11:00-13:00");

        assertThat(noon.end(Instant.parse("2026-10-25T10:00:00Z"))).contains(Instant.parse("2026-10-25T12:00:00Z"));
        assertThat(noon.end(Instant.parse("2026-10-24T09:00:00Z"))).contains(Instant.parse("2026-10-24T11:00:00Z"));
    }

    @Test
    void mustLeaveAnHourOfTheWeek() throws Exception {
        assertThat(blackOuts("mon-thu 00:00-24:00", "fri-sun 00:00-24:00").coverEachWeek())
                .isTrue();
        assertThat(blackOuts("mon-thu 00:00-24:00", "fri-sun 00:00-23:59").coverEachWeek())
                .isFalse();
        assertThat(blackOuts("2026-01-01 to 2099-01-01").coverEachWeek()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "night",
                "mon 8-18",
                "Mon 08:00-18:00",
                "mon-xyz 08:00-18:00",
                "mon 25:00-26:00",
                "2026-02-30",
                "2026-12-24 to"
            })
    void rejectOtherForms(String value) {
        assertThatThrownBy(() -> BlackOutSyntax.parse(value)).hasMessageContaining("such as 'mon-fri 08:00-18:00'");
    }

    @Test
    void rejectThoseThatEndBeforeTheyBegin() {
        assertThatThrownBy(() -> BlackOutSyntax.parse("mon 22:00-06:00")).hasMessageContaining("write two entries");
        assertThatThrownBy(() -> BlackOutSyntax.parse("2026-12-26 to 2026-12-24"))
                .hasMessageContaining("after its first");
    }

    private static BlackOuts blackOuts(String... entries) throws MalformedValueException {
        List<BlackOut> parsed = new ArrayList<>();
        for (String entry : entries) {
            parsed.add(BlackOutSyntax.parse(entry));
        }
        return new BlackOuts(parsed, PARIS);
    }

    private static Instant paris(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }
}
