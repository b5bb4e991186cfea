package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModuleDependency;
import org.springframework.modulith.core.ApplicationModules;

/**
 * Generates the module diagram of the README from the code and compares it: an arrow goes from a package to one that
 * imports it. {@code job} and {@code cli}, which import all others, are omitted. {@code -Ddiagram.write=true} updates
 * the README.
 */
class ModuleDiagramTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "```mermaid\n";
    private static final String END = "```\n";
    private static final List<String> WIRING = List.of("job", "cli", "url");

    @Test
    void readmeHasCurrentDiagram() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END, begin);
        String drawn = diagram();
        if (Boolean.getBoolean("diagram.write")) {
            readme = readme.substring(0, begin) + drawn + readme.substring(end);
            Files.writeString(README, readme);
            end = begin + drawn.length();
        }

        assertThat(readme.substring(begin, end)).isEqualTo(drawn);
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
