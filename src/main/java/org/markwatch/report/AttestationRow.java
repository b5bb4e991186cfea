package org.markwatch.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of an exported attestation.
 *
 * @param line line of the file, 1 or more
 */
record AttestationRow(int line, String about, String name, String value) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> HEADERS = Export.ATTESTATION.headers();

    /** Returns the row as text for messages, for example {@code refused image = 3}. */
    String describe() {
        return about + (name.isEmpty() ? "" : " " + name) + " = " + Values.text(value);
    }

    /**
     * Parses a file; detects its format from the first line.
     *
     * @throws IOException if the format is not known or a line is not valid; the message names the line and what is
     *                     expected
     */
    static List<AttestationRow> read(String text) throws IOException {
        if (text.startsWith("\uFEFF")) {
            return read(text.substring(1));
        }
        String first = text.lines().findFirst().orElse("");
        if (first.equals(String.join("\t", HEADERS))) {
            return tabSeparated(text.lines().toList());
        }
        for (char separator : new char[] {',', ';'}) {
            if (first.equals("\"" + String.join("\"" + separator + "\"", HEADERS) + "\"")) {
                return commaSeparated(text, separator);
            }
        }
        if (first.startsWith("{")) {
            return jsonLines(text.lines().toList());
        }
        throw new IOException("the first line is neither the header '" + String.join("<TAB>", HEADERS)
                + "', nor the same header in CSV, nor a JSON object");
    }

    private static List<AttestationRow> tabSeparated(List<String> lines) throws IOException {
        List<AttestationRow> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] values = lines.get(i).split("\t", -1);
            if (values.length != HEADERS.size()) {
                throw new IOException("line " + (i + 1) + " has " + values.length + " values, not " + HEADERS.size());
            }
            rows.add(new AttestationRow(i + 1, unescaped(values[0]), unescaped(values[1]), unescaped(values[2])));
        }
        return rows;
    }

    private static String unescaped(String value) throws IOException {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = ++i < value.length() ? value.charAt(i) : 0;
            switch (escaped) {
                case '\\' -> text.append('\\');
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    if (i + 4 >= value.length()
                            || !value.substring(i + 1, i + 5).matches("[0-9a-f]{4}")) {
                        throw new IOException("'\\u' is not followed by four hexadecimal digits");
                    }
                    text.append((char) Integer.parseInt(value, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> throw new IOException("unknown escape sequence after a backslash");
            }
        }
        return text.toString();
    }

    private static List<AttestationRow> commaSeparated(String text, char separator) throws IOException {
        List<AttestationRow> rows = new ArrayList<>();
        try (CSVParser parser =
                CSVFormat.RFC4180.builder().setDelimiter(separator).get().parse(new StringReader(text))) {
            for (CSVRecord row : parser) {
                int line = (int) parser.getCurrentLineNumber();
                if (row.size() != HEADERS.size()) {
                    throw new IOException("line " + line + " has " + row.size() + " values, not " + HEADERS.size());
                }
                rows.add(new AttestationRow(line, row.get(0), row.get(1), row.get(2)));
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
        return rows.subList(1, rows.size());
    }

    private static List<AttestationRow> jsonLines(List<String> lines) throws IOException {
        List<AttestationRow> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                JsonNode row = JSON.readTree(lines.get(i));
                rows.add(new AttestationRow(
                        i + 1,
                        row.path("about").asString(""),
                        row.path("name").asString(""),
                        row.path("value").asString("")));
            } catch (JacksonException e) {
                throw new IOException("line " + (i + 1) + " is not a JSON object", e);
            }
        }
        return rows;
    }
}
