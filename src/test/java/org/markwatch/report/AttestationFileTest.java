package org.markwatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.markwatch.queue.AuditEntry;

class AttestationFileTest {
    private static final String DETAILS =
            "{\"pictureBytesAccepted\":0,\"refused\":{\"image\":3,\"video\":0},\"requests\":{\"page\":12},\"status\":\"complete\"}";

    private final AuditEntry entry = AuditEntry.after(
            "0".repeat(64), 1, Instant.parse("2026-03-01T01:00:01.000001Z"), "system", "run.attest", "run:7", DETAILS);

    @ParameterizedTest
    @EnumSource(Format.class)
    void acceptsExportedAttestation(Format format) throws IOException {
        AttestationFile file = AttestationFile.of(exported(entry, format));

        assertThat(file.discrepancies()).isEmpty();
        assertThat(file.entry()).contains(entry);
    }

    @ParameterizedTest
    @CsvSource({"TSV, 11", "CSV, 11", "JSONL, 10"})
    void reportsChangedLine(Format format, int line) throws IOException {
        String changed = exported(entry, format).replaceFirst("(image\\W+(value\\W+)?)3(\\W*\n)", "$10$3");

        assertThat(AttestationFile.of(changed).discrepancies())
                .containsExactly(new AttestationFile.Discrepancy(
                        line, "refused image = 0 was not attested; the entry has refused image = 3"));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void reportsChangeOfLineAndEntry(Format format) throws IOException {
        String sound = exported(entry, format);
        String changed =
                sound.replaceFirst("(image\\W+(value\\W+)?)3(\\W*\n)", "$10$3").replaceFirst("(image\\W+)3,", "$10,");

        assertThat(AttestationFile.of(changed).discrepancies()).singleElement().satisfies(discrepancy -> {
            assertThat(discrepancy.line()).isEqualTo(format == Format.JSONL ? 7 : 8);
            assertThat(discrepancy.why()).contains("is not the hash of the other 'audit' lines");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audit→actor→system | audit→actor→ann | 8 | is not the hash",
                "audit→subject→run:7 | audit→subject→run:8 | 8 | is not the hash",
                "audit→seq→1 | audit→seq→2 | 8 | is not the hash",
                "audit→seq→1 | audit→seq→one | 2 | expected the number of an entry",
                "audit→at→2026 | audit→at→+2026 | 3 | expected a time",
                "audit→action→run.attest | audit→action→item.claim | 5 | not run.attest",
                "requests→page→12 | requests→page→13 | 13 | requests page = 13 was not attested",
            })
    void reportsLineOfDiscrepancy(String written, String changed, int line, String why) throws IOException {
        String sound = exported(entry, Format.TSV);
        String file = sound.replace(written.replace('→', '\t'), changed.replace('→', '\t'));

        assertThat(file).isNotEqualTo(sound);
        assertThat(AttestationFile.of(file).discrepancies()).anySatisfy(discrepancy -> {
            assertThat(discrepancy.line()).isEqualTo(line);
            assertThat(discrepancy.why()).contains(why);
        });
    }

    @Test
    void reportsMissingLines() throws IOException {
        String[] lines = exported(entry, Format.TSV).split("(?<=\n)");
        for (int out = 1; out < lines.length; out++) {
            StringBuilder file = new StringBuilder();
            for (int i = 0; i < lines.length; i++) {
                file.append(i == out ? "" : lines[i]);
            }
            assertThat(AttestationFile.of(file.toString()).discrepancies())
                    .as(lines[out])
                    .isNotEmpty();
        }
    }

    @Test
    void reportsAddedLines() throws IOException {
        assertThat(AttestationFile.of(exported(entry, Format.TSV) + "requests\tprobe\t1\n")
                        .discrepancies())
                .containsExactly(new AttestationFile.Discrepancy(
                        15, "requests probe = 1 was not attested; the entry has no further values"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the first line is neither",
                "url→score | the first line is neither",
                "about→name→value¶x | line 2 has 1 values, not 3",
                "{ | line 1 is not a JSON object",
            })
    void refusesTextThatIsNotAnAttestation(String text, String why) {
        assertThatThrownBy(() -> AttestationFile.of(text.replace('→', '\t').replace('¶', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static String exported(AuditEntry entry, Format format) throws IOException {
        StringBuilder out = new StringBuilder();
        Exports.writeAttestation(entry, format.open(out, Export.ATTESTATION.headers()));
        return out.toString();
    }
}
