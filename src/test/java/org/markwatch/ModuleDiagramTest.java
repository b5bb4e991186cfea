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
 * The module diagram of the README is generated from the code: an arrow goes from a package to the one that imports it.
 * {@code job} and {@code cli} wire all others and are left out. Run with {@code -Ddiagram.write=true} to write it anew.
 */
class ModuleDiagramTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "```mermaid\n";
    private static final String END = "```\n";
    private static final List<String> WIRING = List.of("job", "cli");

    @Test
    void isTheOneInTheReadme() throws IOException {
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
