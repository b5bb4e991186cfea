package org.markwatch.report;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Writes {@link Format#TSV}. Escapes formulas (OWASP, 'CSV injection') in the way of all escapes of the format. */
final class TabSeparated implements RowFormat.Rows {
    private final Appendable out;

    TabSeparated(Appendable out, List<String> headers) throws IOException {
        this.out = out;
        add(headers);
    }

    @Override
    public void add(List<?> values) throws IOException {
        out.append(values.stream()
                        .map(value -> value instanceof Number ? value.toString() : escape(Values.text(value)))
                        .collect(Collectors.joining("\t")))
                .append('\n');
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '\\' -> escaped.append("\\\\");
                case '\t' -> escaped.append("\\t");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                default -> {
                    boolean formula = escaped.isEmpty() && Values.startsFormula(text);
                    if (formula || Values.isControl(codePoint)) {
                        escaped.append("\\u").append(HexFormat.of().toHexDigits((char) codePoint));
                    } else {
                        escaped.appendCodePoint(codePoint);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
