package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.markwatch.Figures.Figure;

/**
 * Compares what documents say with the table of {@link Figures}: a number that a comment {@code <!--=NAME-->} follows, and the
 * table of {@code docs/performance.md}. {@code -Dfigures.write=true} updates the documents.
 */
class FiguresTest {
    private static final Pattern STATED = Pattern.compile("(\\d[\\d.,]*)([^\\d<|]{0,16})<!--=([\\w.-]+)-->");
    private static final Pattern NAMED = Pattern.compile("<!--=([\\w.-]+)-->");
    private static final Path PERFORMANCE = Path.of("docs/performance.md");
    private static final String BEGIN = "<!-- figures -->\n";
    private static final String END = "<!-- end of figures -->\n";

    private final Map<String, Figure> figures = new LinkedHashMap<>();

    FiguresTest() throws IOException {
        Figures.read()
                .forEach(figure -> assertThat(figures.put(figure.name(), figure))
                        .as("another figure named " + figure.name())
                        .isNull());
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of("README.md", "DESIGN.md").map(Path::of), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void documentsStateMeasuredFigures() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : documents()) {
            String text = Files.readString(file);
            Matcher stated = STATED.matcher(text);
            StringBuilder current = new StringBuilder();
            Set<String> found = new HashSet<>();
            while (stated.find()) {
                found.add(stated.group(3));
                Figure figure = figures.get(stated.group(3));
                if (figure == null) {
                    wrong.add(file + ": no figure is named " + stated.group(3));
                    continue;
                }
                stated.appendReplacement(
                        current,
                        Matcher.quoteReplacement(figure.value() + stated.group(2) + "<!--=" + figure.name() + "-->"));
                if (!stated.group(1).equals(figure.value()) && !Boolean.getBoolean("figures.write")) {
                    wrong.add("%s says %s for %s, measured %s"
                            .formatted(file, stated.group(1), figure.name(), figure.text()));
                }
            }
            stated.appendTail(current);
            NAMED.matcher(text)
                    .results()
                    .map(name -> name.group(1))
                    .filter(name -> !found.contains(name))
                    .forEach(name -> wrong.add(file + ": no number stands before " + name));
            if (Boolean.getBoolean("figures.write") && !current.toString().equals(text)) {
                Files.writeString(file, current);
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void eachRowOfMeasuredFiguresInTheReadmeNamesOne() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String measured = readme.substring(readme.indexOf("\n## Measured\n"), readme.indexOf("\n## Work on it\n"));

        assertThat(measured.lines().filter(line -> line.matches("\\| .*\\d.*")))
                .isNotEmpty()
                .allMatch(line -> NAMED.matcher(line).find());
    }

    @Test
    void performancePageHasTheTable() throws IOException {
        String content = Files.readString(PERFORMANCE);
        int begin = content.indexOf(BEGIN) + BEGIN.length();
        int end = content.indexOf(END, begin);
        if (Boolean.getBoolean("figures.write")) {
            content = content.substring(0, begin) + table() + content.substring(end);
            Files.writeString(PERFORMANCE, content);
            end = content.indexOf(END, begin);
        }

        assertThat(content.substring(begin, end)).isEqualTo(table());
    }

    /** Returns the rows of figures; the first row of each measurement names its command, commit and machine. */
    private String table() {
        Map<String, List<Figure>> measurements = figures.values().stream()
                .collect(Collectors.groupingBy(
                        figure -> "`%s`, %s, %s, %s"
                                .formatted(
                                        figure.command().replaceFirst("^scripts/", ""),
                                        figure.commit(),
                                        figure.machine(),
                                        figure.date()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        StringBuilder table = new StringBuilder("| measured | figure | aim | by |\n|---|---|---|---|\n");
        measurements.forEach((by, rows) -> {
            for (int n = 0; n < rows.size(); n++) {
                Figure row = rows.get(n);
                table.append("| %s | %s | %s | %s |\n".formatted(row.what(), row.text(), row.aim(), n == 0 ? by : ""));
            }
        });
        return table.toString().replaceAll(" +", " ");
    }

    @Test
    void eachFigureIsANumberWithAnExpressionOfOneGroup() {
        assertThat(figures.values()).isNotEmpty().allSatisfy(figure -> {
            assertThat(figure.value()).matches("\\d[\\d,]*(\\.\\d+)?");
            assertThat(Pattern.compile(figure.pattern()).matcher("").groupCount())
                    .isEqualTo(1);
        });
    }
}
