package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.report.ExcelCsv;
import org.markwatch.report.Format;

class ExportFormatTest {
    @ParameterizedTest
    @CsvSource({"x.csv, CSV", "X.CSV, CSV", "x.jsonl, JSONL", "x.tsv, TSV", "x.txt, TSV", "csv, TSV"})
    void takesTheFormatFromTheExtension(Path out, Format expected) {
        assertThat(ExportFormat.of(null, null, out)).isEqualTo(expected);
    }

    @Test
    void takesTheGivenFormatForAnyOtherExtension() {
        assertThat(ExportFormat.of(Format.JSONL, null, Path.of("x.txt"))).isEqualTo(Format.JSONL);
        assertThat(ExportFormat.of(Format.CSV, null, Path.of("x.csv"))).isEqualTo(Format.CSV);
        assertThat(ExportFormat.of(null, null, null)).isEqualTo(Format.TSV);
    }

    @Test
    void refusesAFormatThatTheExtensionContradicts() {
        assertThatThrownBy(() -> ExportFormat.of(Format.TSV, null, Path.of("x.csv")))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "--format tsv and --out x.csv contradict each other; leave out --format tsv, or name the file"
                                + " with .tsv");
        assertThatThrownBy(() -> ExportFormat.of(null, ",", Path.of("x.tsv")))
                .hasMessageContaining("--excel and --out x.tsv contradict each other");
        assertThatThrownBy(() -> ExportFormat.of(Format.JSONL, ",", null))
                .hasMessage("--format jsonl and --excel contradict each other; leave out one of them");
    }

    @Test
    void writesCsvForExcelWithTheGivenSeparator() {
        assertThat(ExportFormat.of(Format.CSV, ";", Path.of("x.csv"))).isEqualTo(new ExcelCsv(';'));
        assertThat(ExportFormat.of(null, ",", null)).isEqualTo(new ExcelCsv(','));
        assertThatThrownBy(() -> ExportFormat.of(null, "|", null)).hasMessageContaining("must be , or ;");
    }
}
