package org.markwatch.report;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Formats of exports: text, with a header line if the format has one. */
public enum Format implements RowFormat {
    /**
     * Tab-separated values; each line ends with a line feed. Backslash, tab, line feed and carriage return in a value
     * are escaped as {@code \\}, {@code \t}, {@code \n} and {@code \r}; other control characters, bidirectional
     * controls, line and paragraph separators and unpaired surrogates as {@code \}{@code uXXXX}. The first character of
     * text that a spreadsheet would evaluate as a formula is escaped so too; numbers are not. Lists are joined with
     * {@code ;}.
     */
    TSV {
        @Override
        public Rows open(Appendable out, List<String> headers) throws IOException {
            return new TabSeparated(out, headers);
        }
    },
    /**
     * Comma-separated values (RFC 4180); text is always quoted. Text that a spreadsheet would evaluate as a formula is
     * prefixed with an apostrophe; control characters other than tab and line breaks are replaced by U+FFFD.
     */
    CSV {
        @Override
        public Rows open(Appendable out, List<String> headers) throws IOException {
            return new CommaSeparated(out, headers, ',');
        }
    },
    /** JSON Lines: one JSON object per line, with the headers as keys. Lists and numbers keep their type. */
    JSONL {
        @Override
        public Rows open(Appendable out, List<String> headers) {
            return new JsonLines(out, headers);
        }
    };

    /** Returns the name on the command line, which is also the extension of files, for example {@code tsv}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
