package org.markwatch.report;

import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * Writes {@link Format#CSV}. Escapes formulas (OWASP, 'CSV injection'). Text is always quoted, so that a spreadsheet
 * that splits at another separator finds no formula inside a value.
 */
final class CommaSeparated implements RowFormat.Rows {
    private final CSVPrinter printer;

    CommaSeparated(Appendable out, List<String> headers, char separator) throws IOException {
        this.printer = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setQuoteMode(QuoteMode.NON_NUMERIC)
                .get()
                .print(out);
        printer.printRecord(headers);
    }

    @Override
    public void add(List<?> values) throws IOException {
        printer.printRecord(values.stream()
                .map(value -> value instanceof Number ? value : escape(Values.text(value)))
                .toList());
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 1);
        if (Values.startsFormula(text)) {
            escaped.append('\'');
        }
        text.codePoints().forEach(codePoint -> {
            boolean kept = codePoint == '\t' || codePoint == '\n' || codePoint == '\r' || !Values.isControl(codePoint);
            escaped.appendCodePoint(kept ? codePoint : 0xFFFD);
        });
        return escaped.toString();
    }
}
