package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModuleDependency;
import org.springframework.modulith.core.ApplicationModules;

/**
 * Generates the module diagram of the README from the code and compares it: an arrow goes from a package to one that
 * imports it. {@code job} and {@code cli}, which connect the others, and {@code url} are omitted. {@code -Ddiagram.write=true} updates
 * the README. Does the same with the order of the packages of {@code crawl} in its {@code package-info.java}.
 */
class ModuleDiagramTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "```mermaid\n";
    private static final String END = "```\n";
    private static final List<String> WIRING = List.of("job", "cli", "url");

    private static final String CRAWL = "org.markwatch.crawl";
    private static final Path CRAWL_INFO = Path.of("src/main/java/org/markwatch/crawl/package-info.java");

    @Test
    void readmeHasCurrentDiagram() throws IOException {
        assertCurrent(README, BEGIN, END, diagram());
    }

    @Test
    void crawlHasCurrentOrderOfPackages() throws IOException {
        assertCurrent(CRAWL_INFO, " * <pre>\n", " * </pre>\n", orderOfCrawl());
    }

    /** Asserts that a file has a text between two lines, after it has written the text if that is asked for. */
    private static void assertCurrent(Path file, String beginLine, String endLine, String current) throws IOException {
        String content = Files.readString(file);
        int begin = content.indexOf(beginLine) + beginLine.length();
        int end = content.indexOf(endLine, begin);
        if (Boolean.getBoolean("diagram.write")) {
            content = content.substring(0, begin) + current + content.substring(end);
            Files.writeString(file, content);
            end = begin + current.length();
        }

        assertThat(content.substring(begin, end)).isEqualTo(current);
    }

    /** Returns a line for each package: which it knows, without those that one of these knows. */
    private static String orderOfCrawl() {
        Map<String, Set<String>> known = new TreeMap<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(CRAWL)
                .forEach(type -> {
                    Set<String> all = known.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>());
                    type.getDirectDependenciesFromSelf().stream()
                            .map(dependency -> dependency.getTargetClass().getPackageName())
                            .filter(target -> target.startsWith(CRAWL + ".") && !target.equals(type.getPackageName()))
                            .forEach(all::add);
                });
        known.remove(CRAWL);
        StringBuilder lines = new StringBuilder();
        known.forEach((name, all) -> {
            Set<String> nearest = new TreeSet<>(all);
            all.forEach(each -> nearest.removeAll(known.getOrDefault(each, Set.of())));
            lines.append(" * ").append(name.substring(CRAWL.length() + 1));
            if (!nearest.isEmpty()) {
                lines.append(" knows ")
                        .append(nearest.stream()
                                .map(each -> each.substring(CRAWL.length() + 1))
                                .collect(Collectors.joining(", ")));
            }
            lines.append('\n');
        });
        return lines.toString();
    }

    private static String diagram() {
        ApplicationModules modules = ApplicationModules.of(MarkwatchApplication.class);
        Set<String> arrows = new TreeSet<>();
        for (ApplicationModule module : modules) {
            String to = module.getIdentifier().toString();
            module.getDirectDependencies(modules).stream()
                    .map(ApplicationModuleDependency::getTargetModule)
                    .map(target -> target.getIdentifier().toString())
                    .filter(from -> !WIRING.contains(to) && !WIRING.contains(from))
                    .forEach(from -> arrows.add("    " + from + " --> " + to + "\n"));
        }
        return "flowchart LR\n" + String.join("", arrows);
    }
}
