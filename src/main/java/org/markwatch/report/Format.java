package org.markwatch.report;

import java.io.IOException;
import java.util.List;

/** Formats of exports: text, with a header line if the format has one. */
public enum Format {
    /**
     * Tab-separated values; each line ends with a line feed. Backslash, tab, line feed and carriage return in a value
     * are escaped as {@code \\}, {@code \t}, {@code \n} and {@code \r}; other control characters, bidirectional
     * controls, line and paragraph separators and unpaired surrogates as {@code \}{@code uXXXX}. Lists are joined with
     * {@code ;}.
     */
    TSV {
        @Override
        Rows open(Appendable out, List<String> headers) throws IOException {
            return new TabSeparated(out, headers);
        }
    },
    /**
     * Comma-separated values (RFC 4180); text is always quoted. Text that a spreadsheet would evaluate as a formula is
     * prefixed with an apostrophe; control characters other than tab and line breaks are replaced by U+FFFD.
     */
    CSV {
        @Override
        Rows open(Appendable out, List<String> headers) throws IOException {
            return new CommaSeparated(out, headers);
        }
    },
    /** JSON Lines: one JSON object per line, with the headers as keys. Lists and numbers keep their type. */
    JSONL {
        @Override
        Rows open(Appendable out, List<String> headers) {
            return new JsonLines(out, headers);
        }
    };

    /** Creates a writer and writes the header if the format has one. */
    abstract Rows open(Appendable out, List<String> headers) throws IOException;

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
