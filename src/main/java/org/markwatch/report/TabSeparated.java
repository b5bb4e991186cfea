package org.markwatch.report;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Writes {@link Format#TSV}. */
final class TabSeparated implements Format.Rows {
    private final Appendable out;

    TabSeparated(Appendable out, List<String> headers) throws IOException {
        this.out = out;
        add(headers);
    }

    @Override
    public void add(List<?> values) throws IOException {
        out.append(values.stream().map(value -> escape(Values.text(value))).collect(Collectors.joining("\t")))
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
                    if (Values.isControl(codePoint)) {
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
