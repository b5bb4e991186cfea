package org.markwatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures that documents state: table {@code docs/figures.tsv}. A row has an expression that finds its value in what a
 * command prints. {@code scripts/record} runs the command and writes what it finds; {@link FiguresTest} compares the
 * documents with the table.
 */
final class Figures {
    static final Path TABLE = Path.of("docs/figures.tsv");

    private Figures() {}

    /**
     * A figure.
     *
     * @param name    its name in documents, such as {@code crawl.share}
     * @param value   a number as it is printed
     * @param unit    behind the number, such as {@code %}, or empty
     * @param what    what is measured, in words
     * @param aim     what it should be, or empty
     * @param script  an expression for the script and its arguments that measure it, such as {@code bench crawl}
     * @param pattern an expression whose only group is the value in the output of the command
     * @param command the command that measured it
     * @param commit  the measured commit
     * @param machine the processor
     * @param date    the day of the measurement, in UTC
     */
    record Figure(
            String name,
            String value,
            String unit,
            String what,
            String aim,
            String script,
            String pattern,
            String command,
            String commit,
            String machine,
            String date) {
        private static Figure of(String line) {
            String[] cells = line.split("\t", -1);
            if (cells.length != 11) {
                throw new IllegalArgumentException(
                        TABLE + ": '" + line + "' has " + cells.length + " columns, must have 11");
            }
            return new Figure(
                    cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7], cells[8], cells[9],
                    cells[10]);
        }

        private String line() {
            return String.join("\t", name, value, unit, what, aim, script, pattern, command, commit, machine, date);
        }

        /** Returns the value with its unit. */
        String text() {
            return unit.isEmpty() ? value : value + " " + unit;
        }
    }

    /** Returns all figures, in the order of the table. */
    static List<Figure> read() throws IOException {
        return Files.readAllLines(TABLE).stream().skip(1).map(Figure::of).toList();
    }

    /**
     * Writes the figures that the output of a command has. Arguments: the command, the commit, the processor, a file with the
     * output. Exits with 1 if a figure of the command is not in the output.
     */
    public static void main(String[] args) throws IOException {
        String output = Files.readString(Path.of(args[3]), StandardCharsets.UTF_8);
        List<String> missing = new ArrayList<>();
        List<String> lines = new ArrayList<>(Files.readAllLines(TABLE).subList(0, 1));
        for (Figure figure : read()) {
            if (!Pattern.compile("scripts/" + figure.script + "\\b")
                    .matcher(args[0])
                    .lookingAt()) {
                lines.add(figure.line());
                continue;
            }
            Matcher found = Pattern.compile(figure.pattern, Pattern.MULTILINE).matcher(output);
            if (!found.find()) {
                missing.add(figure.name);
                lines.add(figure.line());
                continue;
            }
            Figure measured = new Figure(
                    figure.name,
                    found.group(1),
                    figure.unit,
                    figure.what,
                    figure.aim,
                    figure.script,
                    figure.pattern,
                    args[0],
                    args[1],
                    args[2],
                    LocalDate.now(ZoneOffset.UTC).toString());
            System.err.println(figure.name + ": " + figure.text() + " -> " + measured.text());
            lines.add(measured.line());
        }
        Files.write(TABLE, lines);
        if (!missing.isEmpty()) {
            System.err.println(TABLE + ": the output has none of " + missing + "; correct their patterns");
            System.exit(1);
        }
    }
}
