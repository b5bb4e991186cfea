package org.markwatch.report;

import java.io.IOException;
import java.util.List;

/** How an export is written: UTF-8 text, a header line first where the format has one. */
public enum Format {
    /**
     * Tab-separated, lines ended by a line feed. Inside a value, backslash, tab, line feed and carriage return are written
     * {@code \\}, {@code \t}, {@code \n}, {@code \r}; other control characters, bidirectional controls, line and paragraph
     * separators and unpaired surrogates as {@code \}{@code uXXXX}. Several values in one are joined by {@code ;}.
     */
    TSV {
        @Override
        Rows open(Appendable out, List<String> headers) throws IOException {
            return new TabSeparated(out, headers);
        }
    },
    /**
     * Comma-separated (RFC 4180), text always quoted. Text that a spreadsheet would run as a formula gets an apostrophe in
     * front; control characters that a spreadsheet cannot show are replaced by U+FFFD.
     */
    CSV {
        @Override
        Rows open(Appendable out, List<String> headers) throws IOException {
            return new CommaSeparated(out, headers);
        }
    },
    /** One JSON object a line (JSON Lines); keys are the headers, nothing is lost. */
    JSONL {
        @Override
        Rows open(Appendable out, List<String> headers) {
            return new JsonLines(out, headers);
        }
    };

    /** Writes the header, if the format has one. */
    abstract Rows open(Appendable out, List<String> headers) throws IOException;

    /** Takes rows one at a time and keeps none. */
    interface Rows {
        /**
         * @param values as many as there are headers: text, numbers, instants, or lists of those; null for none
         */
        void add(List<?> values) throws IOException;
    }
}
