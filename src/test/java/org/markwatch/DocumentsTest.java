package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the links, the sizes and the index of the documents. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("(?<!\\\\)\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*)$");
    private static final Path DOCS = Path.of("docs");
    private static final Path INDEX = DOCS.resolve("README.md");
    private static final int MAX_BYTES = 12 * 1024;
    /** References of rules and words, which are looked up and not read. */
    private static final Set<String> REFERENCES = Set.of("detection.md", "indicators.md", "wording.md");

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(DOCS)) {
            return Stream.concat(
                            Stream.of("README.md", "DESIGN.md", "CHANGELOG.md").map(Path::of), docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void linksLeadToFilesAndHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : documents()) {
            for (String link : links(file)) {
                if (link.matches("[a-z]+:.*")) {
                    continue;
                }
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty()
                        ? file
                        : (file.getParent() == null ? Path.of("") : file.getParent())
                                .resolve(parts[0])
                                .normalize();
                if (!Files.exists(target)) {
                    broken.add(file + ": no file " + link);
                } else if (parts.length == 2 && !anchors(target).contains(parts[1])) {
                    broken.add(file + ": no heading " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    private static List<String> links(Path file) throws IOException {
        String prose = Files.readString(file).replaceAll("(?s)```.*?```", "");
        return LINK.matcher(prose).results().map(link -> link.group(1)).toList();
    }

    /** Returns the anchors that GitHub gives the headings of a file. */
    private static Set<String> anchors(Path file) throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(Files.readString(file).replaceAll("(?s)```.*?```", ""))
                .results()
                .map(heading -> heading.group(1).strip().toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .map(anchor -> {
                    int count = seen.merge(anchor, 1, Integer::sum);
                    return count == 1 ? anchor : anchor + "-" + (count - 1);
                })
                .collect(Collectors.toSet());
    }

    @Test
    void eachDocumentAnswersOneQuestionInTwelveKilobytes() throws IOException {
        try (Stream<Path> docs = Files.list(DOCS)) {
            assertThat(docs.filter(file -> file.toString().endsWith(".md"))
                            .filter(file ->
                                    !REFERENCES.contains(file.getFileName().toString())))
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(Files.size(file)).as(file.toString()).isLessThanOrEqualTo(MAX_BYTES));
        }
    }

    @Test
    void indexNamesEachDocument() throws IOException {
        String index = Files.readString(INDEX);
        try (Stream<Path> docs = Files.list(DOCS)) {
            assertThat(docs.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".md") && !name.equals("README.md")))
                    .isNotEmpty()
                    .allMatch(name -> index.contains("(" + name + ")"));
        }
    }

    @Test
    void eachPictureIsShown() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : documents()) {
            all.append(Files.readString(file));
        }
        try (Stream<Path> pictures = Files.list(DOCS)) {
            assertThat(pictures.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".png")))
                    .allMatch(name -> all.indexOf(name + ")") >= 0);
        }
    }
}
