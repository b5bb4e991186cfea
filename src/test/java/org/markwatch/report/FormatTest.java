package org.markwatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FormatTest {
    @Test
    void escapesLineBreaksAndTabsInTsv() throws IOException {
        assertThat(written(Format.TSV, "a\tb\nc\rd\\e", 7)).isEqualTo("word\tn\na\\tb\\nc\\rd\\\\e\t7\n");
    }

    @ParameterizedTest
    @CsvSource({"001b", "0085", "007f", "202e", "2028", "2066", "200f", "d800"})
    void escapesControlCharactersInTsv(String hex) throws IOException {
        char control = (char) Integer.parseInt(hex, 16);
        assertThat(written(Format.TSV, "pay" + control + "now", 1)).isEqualTo("word\tn\npay\\u" + hex + "now\t1\n");
    }

    @Test
    void keepsTextOfAnyScript() throws IOException {
        assertThat(written(Format.TSV, "รับบัตร 対応カード 💳", 1)).contains("รับบัตร 対応カード 💳");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uFF1D1"})
    void escapesFormulasInCsv(String formula) throws IOException {
        assertThat(written(Format.CSV, formula, -1)).isEqualTo("\"word\",\"n\"\r\n\"'" + formula + "\",-1\r\n");
    }

    @ParameterizedTest
    @CsvSource({"=1+1, 003d", "+1, 002b", "-1, 002d", "@SUM(A1), 0040", "\uFF1D1, ff1d"})
    void escapesFormulasInTsv(String formula, String code) throws IOException {
        assertThat(written(Format.TSV, formula, -1)).isEqualTo("word\tn\n\\u" + code + formula.substring(1) + "\t-1\n");
    }

    @Test
    void escapesOnlyTheBeginningOfAFormulaInTsv() throws IOException {
        assertThat(written(Format.TSV, "a=b-c", 1)).contains("\na=b-c\t");
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';'})
    void beginsCsvForExcelWithAByteOrderMark(char separator) throws IOException {
        assertThat(written(new ExcelCsv(separator), "=1+1", 7))
                .isEqualTo("\uFEFF\"word\"" + separator + "\"n\"\r\n\"'=1+1\"" + separator + "7\r\n");
    }

    @Test
    void quotesTextInCsv() throws IOException {
        assertThat(written(Format.CSV, "a;=1+1 \"b\"", 1)).endsWith("\"a;=1+1 \"\"b\"\"\",1\r\n");
    }

    @Test
    void replacesControlCharactersInCsv() throws IOException {
        assertThat(written(Format.CSV, "pay\u001b[2Jnow", 1)).contains("\"pay\uFFFD[2Jnow\"");
    }

    @Test
    void writesOneJsonObjectALine() throws IOException {
        StringBuilder out = new StringBuilder();
        RowFormat.Rows rows = Format.JSONL.open(out, List.of("word", "n", "at", "groups", "none"));
        rows.add(Arrays.asList("a\nb\u001b", 7, Instant.EPOCH, List.of("x", "y"), null));
        rows.add(Arrays.asList("second", 8, Instant.EPOCH, List.of(), null));
        assertThat(out.toString().lines()).hasSize(2);
        assertThat(JsonMapper.shared()
                        .readTree(out.toString().lines().findFirst().orElseThrow()))
                .isEqualTo(JsonMapper.shared().readTree("""
                                {"word": "a\\nb\\u001b", "n": 7, "at": "1970-01-01T00:00:00Z",
                                 "groups": ["x", "y"], "none": null}"""));
    }

    @Test
    void joinsListsInTsv() throws IOException {
        assertThat(written(Format.TSV, List.of("marks", "payment"), 1)).contains("marks;payment\t1");
    }

    private static String written(RowFormat format, Object word, Object n) throws IOException {
        StringBuilder out = new StringBuilder();
        format.open(out, List.of("word", "n")).add(List.of(word, n));
        return out.toString();
    }
}
