package org.markwatch.watchlist.edit;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.markwatch.watchlist.edit.EditException.Why;

/** A CSV file with a header line (RFC 4180), with {@code ,} or {@code ;} as delimiter. */
final class CsvEntries implements EntryFile {
    private final EntryKind kind;
    private final String text;
    private final char delimiter;
    private final String lineEnd;
    private final List<CsvLine> lines = new ArrayList<>();
    private final List<String> columns;

    /** A row with its place in the text: from {@code start} to {@code end} without its line end. */
    private record CsvLine(List<String> cells, int line, int start, int end) {}

    private CsvEntries(EntryKind kind, String text) throws IOException {
        this.kind = kind;
        this.text = text;
        this.delimiter = delimiter(text);
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .setTrim(true)
                .get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            int line = 1;
            var records = parser.iterator();
            while (records.hasNext()) {
                CSVRecord record = records.next();
                if (!record.stream().allMatch(String::isEmpty)) {
                    lines.add(new CsvLine(record.toList(), line, (int) record.getCharacterPosition(), (int)
                            record.getCharacterPosition()));
                }
                line = Math.toIntExact(parser.getCurrentLineNumber()) + 1;
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            int end = i + 1 < lines.size() ? lines.get(i + 1).start : text.length();
            while (end > lines.get(i).start && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            CsvLine line = lines.get(i);
            lines.set(i, new CsvLine(line.cells, line.line, line.start, end));
        }
        columns = lines.isEmpty()
                ? List.of()
                : lines.getFirst().cells.stream()
                        .map(cell ->
                                cell.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_'))
                        .toList();
    }

    /** @throws EditException if the text is no CSV */
    static CsvEntries of(EntryKind kind, String text) throws EditException {
        try {
            return new CsvEntries(kind, text);
        } catch (IOException | UncheckedIOException broken) {
            throw new EditException(Why.NOT_CSV);
        }
    }

    /** Returns a file without rows. */
    static CsvEntries empty(EntryKind kind) throws EditException {
        return of(
                kind,
                String.join(",", kind.fields().stream().map(EntryField::name).toList()) + "\n");
    }

    @Override
    public List<ConfigEntry> entries() {
        List<ConfigEntry> entries = new ArrayList<>();
        for (CsvLine line : rows()) {
            Map<String, List<String>> values = new LinkedHashMap<>();
            for (EntryField field : kind.fields()) {
                int column = columns.indexOf(field.name());
                String cell = column >= 0 && column < line.cells.size() ? line.cells.get(column) : "";
                values.put(field.name(), field.isList() ? items(cell) : cell.isEmpty() ? List.of() : List.of(cell));
            }
            entries.add(ConfigEntry.of(kind, line.line, values));
        }
        return entries;
    }

    private List<CsvLine> rows() {
        return lines.isEmpty() ? List.of() : lines.subList(1, lines.size());
    }

    @Override
    public String edited(int index, Map<String, List<String>> values) {
        CsvLine row = rows().get(index);
        ConfigEntry before = entries().get(index);
        List<String> cells = new ArrayList<>(row.cells);
        List<String> header = new ArrayList<>(columns);
        for (EntryField field : kind.fields()) {
            List<String> after = values.getOrDefault(field.name(), List.of());
            if (!after.equals(before.values().getOrDefault(field.name(), List.of()))) {
                set(header, cells, field.name(), String.join("|", after));
            }
        }
        return withHeader(header, text.substring(0, row.start) + rendered(cells) + text.substring(row.end));
    }

    @Override
    public String added(Map<String, List<String>> values) {
        List<String> cells = new ArrayList<>();
        List<String> header = new ArrayList<>(columns);
        for (EntryField field : kind.fields()) {
            List<String> value = values.getOrDefault(field.name(), List.of());
            if (!value.isEmpty()) {
                set(header, cells, field.name(), String.join("|", value));
            }
        }
        while (cells.size() < header.size()) {
            cells.add("");
        }
        int end = lines.isEmpty() ? 0 : lines.getLast().end;
        String rest = text.substring(end);
        return withHeader(
                header, text.substring(0, end) + lineEnd + rendered(cells) + (rest.isEmpty() ? lineEnd : rest));
    }

    @Override
    public String removed(int index) {
        CsvLine row = rows().get(index);
        int next = row.end;
        while (next < text.length() && text.charAt(next) != '\n') {
            next++;
        }
        return text.substring(0, row.start) + text.substring(Math.min(next + 1, text.length()));
    }

    /** Returns the text with the additional columns in its header line; other rows may be shorter than the header. */
    private String withHeader(List<String> header, String changed) {
        if (header.size() == columns.size()) {
            return changed;
        }
        CsvLine first = lines.getFirst();
        StringBuilder added = new StringBuilder(changed.substring(0, first.end));
        header.subList(columns.size(), header.size())
                .forEach(column -> added.append(delimiter).append(column));
        return added + changed.substring(first.end);
    }

    private static void set(List<String> header, List<String> cells, String column, String value) {
        if (!header.contains(column)) {
            header.add(column);
        }
        int place = header.indexOf(column);
        while (cells.size() <= place) {
            cells.add("");
        }
        cells.set(place, value);
    }

    private String rendered(List<String> cells) {
        return String.join(
                String.valueOf(delimiter), cells.stream().map(this::quoted).toList());
    }

    private String quoted(String cell) {
        boolean plain = cell.indexOf(delimiter) < 0
                && cell.chars().noneMatch(c -> c == '"' || c == '\n' || c == '\r')
                && cell.equals(cell.strip());
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static List<String> items(String cell) {
        return Arrays.stream(cell.split("\\|"))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static char delimiter(String text) {
        String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return header.chars().filter(c -> c == ';').count()
                        > header.chars().filter(c -> c == ',').count()
                ? ';'
                : ',';
    }
}
