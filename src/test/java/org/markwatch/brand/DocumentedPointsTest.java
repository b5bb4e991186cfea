package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DocumentedPointsTest {
    private static final Pattern DOCUMENTED = Pattern.compile("`([a-z-]+)` (-?[0-9]+)(?=,| \\|)");

    @Test
    void documentHasEachFeatureOfAcceptanceWithItsPoints() throws IOException {
        Map<String, String> points = Files.readAllLines(Path.of("src/main/resources/evidence/acceptance.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", 3))
                .filter(cells -> !cells[0].equals("needed") && !cells[0].startsWith("max-"))
                .collect(Collectors.toMap(cells -> cells[0], cells -> cells[1], (a, b) -> b, TreeMap::new));
        Map<String, String> documented = new TreeMap<>();
        Files.readAllLines(Path.of("docs/detection.md")).stream()
                .filter(line -> line.startsWith("|"))
                .map(DOCUMENTED::matcher)
                .flatMap(Matcher::results)
                .forEach(each -> documented.put(each.group(1), each.group(2)));
        assertThat(documented).isEqualTo(points);
    }
}
