package org.markwatch.watchlist;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a CSV file with a header line (RFC 4180). It also accepts what spreadsheets write: {@code ;} as delimiter,
 * blank lines, empty columns at the end, and column names in any case.
 */
final class CsvReader {
    private final String file;
    private final List<String> known;
    private final Faults faults;

    private CsvReader(String file, List<String> known, Faults faults) {
        this.file = file;
        this.known = known;
        this.faults = faults;
    }

    /**
     * Returns one mapping per row, by column name in lower case. After a fault it returns the rows that it could read.
     *
     * @param file  path for faults
     * @param known columns that the header may have, in any order; the first is required
     */
    static List<ConfigNode.MappingNode> read(String file, String text, List<String> known, Faults faults) {
        return new CsvReader(file, known, faults).rows(text);
    }

    private List<ConfigNode.MappingNode> rows(String text) {
        List<ConfigNode.MappingNode> rows = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreEmptyLines(false)
                .setTrim(true)
                .get();
        int line = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            List<String> columns = List.of();
            var records = parser.iterator();
            while (records.hasNext()) {
                CSVRecord record = records.next();
                if (!isBlank(record)) {
                    if (columns.isEmpty()) {
                        columns = header(record, line);
                    } else if (columns.contains(known.getFirst())) {
                        rows.add(row(record, columns, line));
                    }
                }
                line = Math.toIntExact(parser.getCurrentLineNumber()) + 1;
            }
            if (columns.isEmpty()) {
                faults.add(lineLocation(1), "must begin with a header line that names the columns");
            }
        } catch (IOException | UncheckedIOException broken) {
            faults.add(
                    lineLocation(line), "must be CSV; look for a quote (\") that is not closed or that text follows");
        }
        return rows;
    }

    private List<String> header(CSVRecord record, int line) {
        List<String> columns = new ArrayList<>();
        for (String cell : record) {
            String column = cell.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
            if (!column.isEmpty() && columns.contains(column)) {
                faults.add(lineLocation(line).key(column), "occurs twice in the header; keep one");
            }
            if (!column.isEmpty() && !known.contains(column) && record.size() > 1) {
                faults.add(
                        lineLocation(line).key(column),
                        "is not a known column; " + SpellingSuggestion.suggest(column, known));
            }
            columns.add(column);
        }
        if (columns.size() == 1 && columns.getFirst().matches("(?s).*[\t|:].*")) {
            faults.add(lineLocation(line), "is one cell; separate cells with , or ;");
        } else if (!columns.contains(known.getFirst())) {
            faults.add(
                    lineLocation(line), "has no column " + known.getFirst() + "; allowed: " + String.join(", ", known));
        }
        return columns;
    }

    private ConfigNode.MappingNode row(CSVRecord record, List<String> columns, int line) {
        SourceLocation location = lineLocation(line);
        Map<String, ConfigNode> cells = new LinkedHashMap<>();
        for (int i = 0; i < record.size(); i++) {
            String column = i < columns.size() ? columns.get(i) : "";
            if (known.contains(column)) {
                cells.putIfAbsent(
                        column,
                        new ConfigNode.ScalarNode(location.key(column), ConfigNode.ScalarType.CELL, record.get(i)));
            } else if (column.isEmpty() && !record.get(i).isEmpty()) {
                faults.add(
                        location,
                        record.get(i),
                        "cell " + (i + 1)
                                + " has no column in the header; put cells that contain the delimiter in quotes");
            }
        }
        return new ConfigNode.MappingNode(location, cells);
    }

    private SourceLocation lineLocation(int line) {
        return new SourceLocation(file, line, "", true);
    }

    private static boolean isBlank(CSVRecord record) {
        return record.stream().allMatch(String::isEmpty);
    }

    /**
     * Returns the delimiter: {@code ;} if the header has more of them than of {@code ,}. Column names contain neither.
     */
    private static char delimiter(String text) {
        String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return header.chars().filter(c -> c == ';').count()
                        > header.chars().filter(c -> c == ',').count()
                ? ';'
                : ',';
    }
}
