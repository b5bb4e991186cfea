package org.markwatch.cli;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a list of labelled pages: a table whose cells are separated by tabs, or by {@code ,} or {@code ;} as
 * spreadsheets write it (RFC 4180). The header line is optional; without it the columns are path, url and label.
 */
final class LabelsFile {
    private static final List<String> REQUIRED = List.of("path", "url", "label");
    private static final String FLAGGED = "flagged";
    private static final String FORM = "path, URL and label, separated by tab, ',' or ';'";

    private LabelsFile() {}

    /**
     * A row of the list.
     *
     * @param where   file and line, for messages
     * @param path    path as in the list
     * @param url     URL as in the list
     * @param label   kind of brand use, or none
     * @param flagged whether the rules should flag the page
     */
    record LabelledRow(String where, String path, String url, String label, boolean flagged) {}

    /**
     * Returns the rows of a list, at least one.
     *
     * @throws BadInputException if the file cannot be read, or a row lacks a value
     */
    static List<LabelledRow> read(Path labels) {
        String text = SavedPages.lines(labels, FORM).stream().collect(Collectors.joining("\n"));
        List<LabelledRow> rows = new ArrayList<>();
        List<String> columns = REQUIRED;
        int line = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format(text))) {
            for (CSVRecord record : parser) {
                String where = labels + ": line " + line;
                line = Math.toIntExact(parser.getCurrentLineNumber()) + 1;
                if (record.stream().allMatch(String::isBlank)) {
                    continue;
                }
                if (rows.isEmpty() && record.get(0).strip().equalsIgnoreCase("path")) {
                    columns = header(where, record);
                } else {
                    rows.add(row(where, record, columns));
                }
            }
        } catch (IOException | UncheckedIOException broken) {
            throw new BadInputException(
                    labels + ": line " + line + " must be CSV; look for a quote (\") that is not closed");
        }
        if (rows.isEmpty()) {
            throw new BadInputException(labels + " lists no page; must have at least one");
        }
        return rows;
    }

    /** Cells separated by tabs have no quotes: a quote in a path is a part of it. */
    private static CSVFormat format(String text) {
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        char delimiter = first.contains("\t") ? '\t' : count(first, ';') > count(first, ',') ? ';' : ',';
        CSVFormat.Builder format =
                CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setIgnoreEmptyLines(false);
        return delimiter == '\t' ? format.setQuote(null).get() : format.get();
    }

    private static long count(String line, char delimiter) {
        return line.chars().filter(c -> c == delimiter).count();
    }

    private static List<String> header(String where, CSVRecord record) {
        List<String> columns = record.stream()
                .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (!columns.containsAll(REQUIRED)) {
            throw new BadInputException(where + ": has the columns " + String.join(", ", columns)
                    + "; must have path, url, label and optionally flagged, separated by tab, ',' or ';'");
        }
        return columns;
    }

    private static LabelledRow row(String where, CSVRecord record, List<String> columns) {
        boolean hasFlagged = columns.contains(FLAGGED);
        if (record.size() < REQUIRED.size() || columns.indexOf(FLAGGED) >= record.size()) {
            throw new BadInputException(where + ": must have the columns path, url and label"
                    + (hasFlagged ? ", and flagged as in the header line" : "") + ", separated by tab, ',' or ';'");
        }
        String label = cell(record, columns, "label");
        return new LabelledRow(
                where,
                cell(record, columns, "path"),
                cell(record, columns, "url"),
                label,
                hasFlagged
                        ? isYes(where, cell(record, columns, FLAGGED))
                        : !label.equals("mention") && !label.equals("none"));
    }

    private static String cell(CSVRecord record, List<String> columns, String column) {
        int index = columns.indexOf(column);
        return index < record.size() ? record.get(index).strip() : "";
    }

    private static boolean isYes(String where, String flagged) {
        return switch (flagged) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new BadInputException(where + ": flagged=" + flagged + "; must be yes or no");
        };
    }
}
