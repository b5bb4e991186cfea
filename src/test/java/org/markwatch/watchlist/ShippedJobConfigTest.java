package org.markwatch.watchlist;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShippedJobConfigTest {
    /** Letters of a script in a file of the lexicon whose language is written in it. */
    private static final int MANY_LETTERS = 1_000;

    private static Watchlist shipped;

    @BeforeAll
    static void readsWithoutFaults() throws WatchlistException {
        shipped = WatchlistReader.read(Path.of("job-config"));
    }

    @Test
    void hasBrandPacks() {
        assertThat(shipped.brands())
                .extracting(Brand::id)
                .containsExactlyInAnyOrder(
                        "american-express",
                        "anz",
                        "citi",
                        "commonwealth-bank",
                        "mastercard",
                        "nab",
                        "paypal",
                        "standard-chartered",
                        "visa",
                        "western-union",
                        "westpac",
                        "worldremit",
                        "xoom",
                        "discover",
                        "jcb",
                        "unionpay",
                        "diners-club",
                        "maestro",
                        "apple-pay",
                        "google-pay",
                        "alipay");
    }

    @Test
    void marksCommonWordsAndShortLogoNamesAsAmbiguous() {
        assertThat(brand("visa").ambiguous()).contains("Visa", "ビザ", "วีซ่า");
        assertThat(brand("discover").ambiguous()).contains("Discover");
        for (Brand brand : shipped.brands()) {
            assertThat(brand.ambiguous())
                    .as("logo names of %s with at most three letters are ambiguous", brand.id())
                    .containsAll(brand.logoNames().stream()
                            .filter(stem -> stem.length() <= 3)
                            .toList());
        }
    }

    @Test
    void hasAliasesInOtherScripts() {
        for (Brand brand : shipped.brands()) {
            assertThat(brand.aliases())
                    .as(brand.id())
                    .anyMatch(alias -> alias.codePoints().anyMatch(c -> Character.isLetter(c) && c > 0x2E80));
        }
    }

    @Test
    void namesTheCardNetworksInTheScriptOfEachLanguageOfTheLexicon() throws IOException {
        Set<UnicodeScript> latin =
                Set.of(UnicodeScript.LATIN, UnicodeScript.COMMON, UnicodeScript.INHERITED, UnicodeScript.HIRAGANA);
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/wording"))) {
            for (Path file : files.sorted().toList()) {
                Map<UnicodeScript, Long> letters = Files.readString(file)
                        .codePoints()
                        .mapToObj(UnicodeScript::of)
                        .filter(script -> !latin.contains(script))
                        .collect(groupingBy(script -> script, counting()));
                letters.values().removeIf(count -> count < MANY_LETTERS);
                for (String id : List.of("visa", "mastercard")) {
                    if (!file.endsWith("any.yaml")) {
                        assertThat(brand(id).aliases().stream()
                                        .flatMapToInt(String::codePoints)
                                        .mapToObj(UnicodeScript::of))
                                .as("scripts of the names of %s, for %s", id, file.getFileName())
                                .containsAll(letters.keySet());
                    }
                }
            }
        }
    }

    @Test
    void hasManyIndicatorsInFiveLanguages() {
        assertThat(shipped.indicators()).hasSizeGreaterThanOrEqualTo(120);
        Map<String, List<Indicator>> byLanguage =
                shipped.indicators().stream().collect(groupingBy(Indicator::language));
        for (String language : List.of("en", "es", "th", "ja", "zh")) {
            assertThat(byLanguage.getOrDefault(language, List.of()))
                    .as(language)
                    .hasSizeGreaterThanOrEqualTo(12);
        }
    }

    @Test
    void hasExampleForEveryIndicator() {
        assertThat(shipped.indicators())
                .allSatisfy(indicator ->
                        assertThat(indicator.match()).as(indicator.id()).isNotEmpty());
    }

    @Test
    void usesEveryGroup() {
        Set<String> used = shipped.indicators().stream().map(Indicator::group).collect(toSet());
        used.add("marks");
        used.add("identity");
        assertThat(used).isEqualTo(shipped.policy().groups().keySet());
    }

    @Test
    void excludesBrandUseAloneFromUpperBands() {
        Policy policy = shipped.policy();
        int marks = cap("marks");
        for (Policy.Band band : policy.bands()) {
            if (Set.of("high", "critical").contains(band.severity())) {
                assertThat(band.from()).as(band.severity()).isGreaterThan(marks);
                assertThat(band.minGroups()).as(band.severity()).isGreaterThanOrEqualTo(2);
            }
        }
        assertThat(Set.of("crypto", "money-transfer", "voucher", "hidden-payment"))
                .allSatisfy(group -> assertThat(cap(group)).isGreaterThanOrEqualTo(marks * 3 / 4));
    }

    @Test
    void subtractsForContextsOnly() {
        Set<String> contexts = Set.of(
                "news",
                "legal",
                "education",
                "travel-visa",
                "homonym",
                "documentation",
                "charity",
                "partners",
                "jobs",
                "comparison");
        assertThat(shipped.indicators())
                .allSatisfy(indicator -> assertThat(indicator.weight() < 0)
                        .as(indicator.id())
                        .isEqualTo(contexts.contains(indicator.group())));
    }

    @Test
    void showsDefaultsInCommentedKeys() throws Exception {
        String file = Files.readString(Path.of("job-config/markwatch.yaml"));
        String uncommented = file.replaceAll("(?m)^( *)# ((?!yaml-language)[a-z-]+: .*)$", "$1$2")
                .replaceAll("(?m)^ *#.*$", "");
        Faults faults = new Faults();
        ConfigNode document = Objects.requireNonNull(YamlReader.read("markwatch.yaml", uncommented, faults));
        Settings written = SettingsFile.read(document, faults).settings();
        faults.throwIfAny();
        assertThat(written).isEqualTo(shipped.settings());

        Set<String> keys = new HashSet<>();
        ((ConfigNode.MappingNode) document).entries().forEach((name, value) -> {
            keys.add(name);
            if (value instanceof ConfigNode.MappingNode section) {
                section.entries().keySet().forEach(key -> keys.add(name + "." + key));
            }
        });
        JsonNode schema = JsonMapper.shared()
                .readTree(Files.readString(Path.of("job-config/schema/markwatch.schema.json")))
                .path("properties");
        Set<String> known = new HashSet<>();
        schema.properties().forEach(section -> {
            known.add(section.getKey());
            section.getValue()
                    .path("properties")
                    .propertyNames()
                    .forEach(key -> known.add(section.getKey() + "." + key));
        });
        known.removeIf(key -> key.startsWith("oidc")); // a section without defaults, which turns a feature on
        assertThat(keys).isEqualTo(known);
    }

    @Test
    void hasDocumentedDefaults() {
        Settings settings = shipped.settings();
        assertThat(settings.crawl().delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.crawl().allowedPorts()).containsExactlyInAnyOrder(80, 443);
        assertThat(settings.crawl().maxBodyBytes()).isEqualTo(4 * 1024 * 1024);
        assertThat(settings.crawl().userAgent()).isEqualTo("markwatch (+crawl@markwatch.example)");
        assertThat(settings.schedule()).isEqualTo(new Settings.ScheduleSettings("0 0 1 * * ?", ZoneId.of("UTC")));
        assertThat(settings.review()).isEqualTo(new Settings.ReviewSettings("127.0.0.1", 8080, Duration.ofMinutes(15)));
    }

    private static int cap(String group) {
        return Objects.requireNonNull(shipped.policy().groups().get(group)).cap();
    }

    private static Brand brand(String id) {
        return shipped.brands().stream()
                .filter(brand -> brand.id().equals(id))
                .findAny()
                .orElseThrow();
    }
}
