package org.markwatch.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with aligned columns and optional full-width lines below a row. Text is sanitised by {@link
 * Terminal#sanitise}.
 */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        row(headings);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** Adds a full-width line below the last row. */
    void lineBelow(String line) {
        rows.add(List.of(line));
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; row.size() == columns && column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(row.size() == columns ? "" : "    ");
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell);
                if (row.size() == columns) {
                    line.repeat(' ', widths[column] - cell.length() + 2);
                }
            }
            table.append(Terminal.sanitise(line.toString().stripTrailing())).append('\n');
        }
        return table.toString();
    }
}
