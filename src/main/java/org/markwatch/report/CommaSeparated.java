package org.markwatch.report;

import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * {@link Format#CSV}. Guards against formulas as OWASP's 'CSV injection' describes; text is always quoted, so that a
 * spreadsheet which splits at another character cannot be led to find a formula inside a value.
 */
final class CommaSeparated implements Format.Rows {
    /** What begins a formula, in full width too, since spreadsheets of some languages take that for the same. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private final CSVPrinter printer;

    CommaSeparated(Appendable out, List<String> headers) throws IOException {
        this.printer = CSVFormat.RFC4180
                .builder()
                .setQuoteMode(QuoteMode.NON_NUMERIC)
                .get()
                .print(out);
        printer.printRecord(headers);
    }

    @Override
    public void add(List<?> values) throws IOException {
        printer.printRecord(values.stream()
                .map(value -> value instanceof Number ? value : guard(Values.text(value)))
                .toList());
    }

    private static String guard(String text) {
        StringBuilder guarded = new StringBuilder(text.length() + 1);
        if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            guarded.append('\'');
        }
        text.codePoints().forEach(codePoint -> {
            boolean kept = codePoint == '\t' || codePoint == '\n' || codePoint == '\r' || !Values.isControl(codePoint);
            guarded.appendCodePoint(kept ? codePoint : 0xFFFD);
        });
        return guarded.toString();
    }
}
