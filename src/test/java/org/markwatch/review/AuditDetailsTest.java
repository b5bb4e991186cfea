package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class AuditDetailsTest {
    private final ConsoleWords english = new ConsoleWords(new ReviewConfiguration().messageSource(), Locale.ENGLISH);
    private final ConsoleWords spanish = english.in(Locale.of("es"));

    @Test
    void putsAnAttestationIntoWords() {
        assertThat(AuditDetails.of("""
                        {"status": "complete", "requests": {"page": 1264, "robots": 29}, "neverAskedFor": {"image": 24, "video": 2},
                         "refused": {"other-type": 1}, "pictureBytesAccepted": 0}""", english))
                .containsExactly(
                        entry("status", "complete"),
                        entry("requests by kind", "page 1,264, robots.txt 29"),
                        entry("references to files that were never requested", "image 24, video 2"),
                        entry("refused by kind of content", "other type 1"),
                        entry("picture bytes accepted", "0"));
    }

    @Test
    void showsNamesCodesAndSentencesOfTheProgramInTheLanguageOfTheReader() {
        assertThat(AuditDetails.of("""
                        {"verdict": "false_positive", "reason": "bad rule", "effect": "waiting", "action": "none", "note": ""}""", spanish))
                .containsExactly(
                        entry("decisión", spanish.label("verdict", "false_positive")),
                        entry("motivo", "regla equivocada"),
                        entry("efecto", "espera una segunda revisión"),
                        entry("acción", spanish.label("action", "none")));
        assertThat(AuditDetails.of("{\"why\": \"evidence changed\", \"intact\": true}", spanish))
                .containsExactly(entry("por qué", "la evidencia ha cambiado"), entry("íntegra", "sí"));
    }

    @Test
    void namesRevealedTexts() {
        assertThat(AuditDetails.of("{\"revealed\": \"0, title, url\"}", english))
                .containsExactly(entry("revealed", "evidence 1, title, URL"));
        assertThat(AuditDetails.of("{\"revealed\": \"now-0, outline-2, then-1\"}", english))
                .containsExactly(entry("revealed", "evidence 1, outline, part 2, earlier evidence 2"));
        assertThat(AuditDetails.of("{\"text\": \"voucher-only@2\"}", english))
                .containsExactly(entry("text", "voucher-only@2"));
    }

    @Test
    void showsTimesToTheMinute() {
        assertThat(AuditDetails.of("{\"until\": \"2027-03-04T09:45:07Z\", \"before\": 812}", english))
                .containsExactly(entry("until", "2027-03-04 09:45 UTC"), entry("before", "812"));
        assertThat(AuditDetails.of("{\"texts\": {\"rows\": 1200, \"before\": \"2027-03-04T09:45:07Z\"}}", english))
                .containsExactly(entry("texts", "rows 1,200, before 2027-03-04 09:45 UTC"));
    }

    @Test
    void leavesWhatPeopleAndPagesWroteAsItIs() {
        assertThat(AuditDetails.of("""
                        {"reason": "seen <b>\\u202e at the till", "unknown": ["a", 7], "evidence": "00ff"}""", spanish))
                .containsExactly(entry("motivo", "seen <b>⟨U+202E⟩ at the till"), entry("unknown", "a, 7"));
    }
}
