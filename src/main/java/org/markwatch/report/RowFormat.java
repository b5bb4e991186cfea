package org.markwatch.report;

import java.io.IOException;
import java.util.List;

/** A layout of rows as text. */
public sealed interface RowFormat permits Format, ExcelCsv {
    /** Creates a writer and writes the header if the layout has one. */
    Rows open(Appendable out, List<String> headers) throws IOException;

    /** Writes rows one at a time without buffering them. */
    interface Rows {
        /**
         * Writes a row.
         *
         * @param values one value for each header: text, a number, an instant, a list of these, or null for no value
         */
        void add(List<?> values) throws IOException;
    }
}
