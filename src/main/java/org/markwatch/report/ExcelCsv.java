package org.markwatch.report;

import java.io.IOException;
import java.util.List;

/**
 * {@link Format#CSV} that Excel opens by a double click: it begins with a byte order mark, without which Excel reads the
 * text in the code page of the system.
 *
 * @param separator the list separator of the regional settings: a comma, a semicolon where the comma is the decimal sign
 */
public record ExcelCsv(char separator) implements RowFormat {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    @Override
    public Rows open(Appendable out, List<String> headers) throws IOException {
        out.append(BYTE_ORDER_MARK);
        return new CommaSeparated(out, headers, separator);
    }
}
