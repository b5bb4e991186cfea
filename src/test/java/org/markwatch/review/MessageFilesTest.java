package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares the message files with each other, with templates and with the code. */
class MessageFilesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path TEMPLATES = RESOURCES.resolve("templates");
    private static final Path CODE = Path.of("src/main/java/org/markwatch");

    /** The name of the program, its sign, and examples of what is entered. */
    private static final Set<String> SAME_EVERYWHERE =
            Set.of("markwatch", "m", "de", "en", "https://shop.example/", "12, account:ann, run:7");

    private static final Set<String> READ_BY_PEOPLE =
            Set.of("title", "placeholder", "aria-label", "data-label", "label", "alt");
    private static final Pattern LETTERS = Pattern.compile("\\p{L}{2,}");
    private static final Pattern SENTENCE = Pattern.compile("\\p{L}{2,} | \\p{L}{2,}");
    private static final Pattern KEY = Pattern.compile("#\\{([a-z0-9.-]+)");
    private static final Pattern COMPUTED_KEY = Pattern.compile("'([a-z-]+(?:[.][a-z-]+)*[.])' [+]");
    private static final Pattern LABEL = Pattern.compile("(?:words[.])?labels?\\(\\s*['\"]([a-z.-]+)['\"]");
    private static final Pattern TEXT =
            Pattern.compile("(?:words(?:[.]in\\([a-z]+\\))?[.]text|Sentence[.]of)\\(\\s*\"([^\"]+)\"");
    private static final Pattern TEXT_FAMILY =
            Pattern.compile("(?:words[.]text|Sentence[.]of)\\(\\s*\"([a-z.-]+[.])\" [+]");

    /** A statement that gives something to a screen, and a text in it. */
    private static final Pattern GIVING =
            Pattern.compile("((?:addAttribute|addFlashAttribute|Outcome[.]refused)\\([^;]*);");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** A parameter; plurals of one language may be one form in another. */
    private static final Pattern PARAMETER = Pattern.compile("\\{[0-9](?:,number,#)?");

    @Test
    void templatesHaveNoTextOfTheirOwn() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path template : files(TEMPLATES, ".html")) {
            Jsoup.parse(Files.readString(template), "", Parser.xmlParser()).forEachNode(node -> {
                if (node instanceof TextNode text && !isName(text.parent())) {
                    check(text.getWholeText().replaceAll("\\[\\[.*?]]", ""), template, found);
                }
                if (node instanceof Element element) {
                    element.attributes().forEach(attribute -> check(attribute, template, found));
                }
            });
        }

        assertThat(found).isEmpty();
    }

    /** Names of commands, files and keys are the same in every language. */
    private static boolean isName(@Nullable Node parent) {
        for (Node at = parent; at != null; at = at.parent()) {
            if (at.nameIs("code") || at.nameIs("kbd")) {
                return true;
            }
        }
        return false;
    }

    private static void check(Attribute attribute, Path template, List<String> found) {
        String name = attribute.getKey();
        if (READ_BY_PEOPLE.contains(name)) {
            check(attribute.getValue(), template, found);
        }
        if (name.equals("th:text")
                || READ_BY_PEOPLE.contains(name.replaceFirst("^th:", "")) && name.startsWith("th:")) {
            check(withoutExpressions(attribute.getValue()), template, found);
        }
        if (name.equals("th:attr")) {
            assertThat(attribute.getValue())
                    .as("%s: give the attribute as th:aria-label or th:title", template)
                    .doesNotContain("aria-label=", "title=");
        }
    }

    private static void check(String text, Path template, List<String> found) {
        if (LETTERS.matcher(text).find() && !SAME_EVERYWHERE.contains(text.strip())) {
            found.add(template.getFileName() + ": " + text.strip());
        }
    }

    /** Returns what stands outside of {@code ${…}}, {@code #{…}}, {@code @{…}} and {@code ~{…}}. */
    private static String withoutExpressions(String value) {
        StringBuilder rest = new StringBuilder();
        int depth = 0;
        for (char each : value.toCharArray()) {
            depth += each == '{' ? 1 : 0;
            if (depth == 0) {
                rest.append(each);
            }
            depth -= each == '}' ? 1 : 0;
        }
        return rest.toString().replace("markwatch", "");
    }

    @Test
    void routesGiveScreensNoTextOfTheirOwn() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(CODE.resolve("review"), ".java")) {
            for (String statement : groups(GIVING, Files.readString(file))) {
                groups(LITERAL, statement).stream()
                        .filter(text -> SENTENCE.matcher(text).find())
                        .forEach(text -> found.add(file.getFileName() + ": " + text));
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void languagesHaveTheSameKeysAndParameters() throws IOException {
        Properties english = messages("messages.properties");
        List<Path> others = files(RESOURCES, ".properties").stream()
                .filter(file -> file.getFileName().toString().startsWith("messages_"))
                .toList();

        assertThat(others).hasSizeGreaterThanOrEqualTo(1);
        for (Path file : others) {
            Properties other = messages(file.getFileName().toString());
            assertThat(other.stringPropertyNames()).as("%s", file).isEqualTo(english.stringPropertyNames());
            assertThat(english.stringPropertyNames())
                    .as("%s", file)
                    .filteredOn(key -> !parameters(english, key).equals(parameters(other, key)))
                    .isEmpty();
        }
    }

    /** A single apostrophe would hide the parameters behind it. */
    @Test
    void everyTextIsAMessageFormat() throws IOException {
        for (Path file : files(RESOURCES, ".properties")) {
            if (file.getFileName().toString().startsWith("messages")) {
                messages(file.getFileName().toString()).forEach((key, text) -> {
                    assertThat(text.toString().replace("''", "")).as("%s", key).doesNotContain("'");
                    assertThat(new MessageFormat(text.toString()).format(new Object[] {1, 1, 1, 1}))
                            .as("%s", key)
                            .doesNotContain("{", "}");
                });
            }
        }
    }

    @Test
    void everyKeyIsUsedAndEveryUsedKeyExists() throws IOException {
        Set<String> used = new TreeSet<>();
        Set<String> families = new TreeSet<>();
        for (Path file : Stream.concat(files(TEMPLATES, ".html").stream(), files(CODE, ".java").stream())
                .toList()) {
            String text = Files.readString(file);
            used.addAll(groups(KEY, text));
            used.addAll(groups(TEXT, text));
            groups(LABEL, text).forEach(family -> families.add(family + "."));
            families.addAll(groups(COMPUTED_KEY, text));
            families.addAll(groups(TEXT_FAMILY, text));
        }
        used.removeIf(key -> key.endsWith("."));
        Set<String> keys = messages("messages.properties").stringPropertyNames();

        assertThat(keys).containsAll(used);
        assertThat(keys)
                .filteredOn(key -> !used.contains(key) && families.stream().noneMatch(key::startsWith))
                .isEmpty();
    }

    private static Set<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> parameters(Properties messages, String key) {
        return PARAMETER
                .matcher(messages.getProperty(key))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties messages(String name) throws IOException {
        Properties messages = new Properties();
        try (Reader file = Files.newBufferedReader(RESOURCES.resolve(name), StandardCharsets.UTF_8)) {
            messages.load(file);
        }
        return messages;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
