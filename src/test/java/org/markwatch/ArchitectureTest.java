package org.markwatch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ScreenQueries;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModules;

/** Dependency rules of the packages. Each rule is also tested against a class in {@code planted} that violates it. */
class ArchitectureTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.markwatch");
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("planted");

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(
                        "planted.score.UsesHttpClient",
                        noClasses()
                                .that()
                                .resideOutsideOfPackages("..crawl.fetch..", "..notify..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.apache.hc..", "java.net.http..")
                                .because(
                                        "only crawl.fetch may connect to sites; notify connects to its configured receivers")),
                Arguments.of(
                        "planted.review.UsesRestClient",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..review.oidc..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.springframework.web.client..", "org.springframework.http.client..")
                                .because("only review.oidc connects by Spring, to the provider of single sign-on")),
                Arguments.of(
                        "planted.score.UsesCrawler4j",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..crawl.crawler4j..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("edu.uci.ics.crawler4j..")
                                .because("crawl.crawler4j is the adapter of crawler4j")),
                Arguments.of(
                        "planted.score.OpensUrl",
                        // database reads the checksum of an archive on the classpath
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..database..")
                                .should()
                                .dependOnClassesThat()
                                .haveFullyQualifiedName("java.net.URLConnection")
                                .orShould()
                                .callMethod(java.net.URL.class, "openStream")
                                .orShould()
                                .callMethod(java.net.URL.class, "openConnection")
                                .because("java.net.URL fetches without the address guard and the text rules")),
                Arguments.of(
                        "planted.match.UsesJsoup",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..extract..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.jsoup..")
                                .because("a page is parsed once, in extract")),
                Arguments.of(
                        "planted.queue.UsesBatch",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..job..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.springframework.batch..", "org.quartz..")
                                .because("only job uses Spring Batch and Quartz")),
                Arguments.of(
                        "planted.extract.UsesImageIo",
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("javax.imageio..", "java.awt..", "javax.swing..", "javax.sound..")
                                .because("nothing in the program can decode a picture (rule T6)")),
                Arguments.of(
                        "planted.review.UsesPlainQueries",
                        noClasses()
                                .that()
                                .resideInAPackage("..review..")
                                .should()
                                .callMethod(JdbcClient.class, "create", DataSource.class)
                                .because(
                                        "a person waits for each query of a screen, so it must be one of ScreenQueries")),
                Arguments.of(
                        "planted.queue.UsesWeb",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..review..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.springframework.web..",
                                        "org.springframework.security..",
                                        "org.thymeleaf..",
                                        "jakarta.servlet..")
                                .because("only review serves web pages")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void programFollowsRule(String planted, ArchRule rule) {
        rule.check(PROGRAM);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void ruleDetectsViolation(String planted, ArchRule rule) {
        assertThat(rule.evaluate(PLANTED).getFailureReport().getDetails()).anyMatch(detail -> detail.contains(planted));
    }

    /** What a person looks for is planned for its values and ends in time, wherever its condition is used. */
    @Test
    void filtersOfPeopleAreReadByScreenQueries() {
        noClasses()
                .that(callMethod(ItemFilter.class, "condition"))
                .and(not(callMethod(ScreenQueries.class, "client")))
                .should()
                .callMethod(JdbcClient.class, "create", DataSource.class)
                .check(PROGRAM);
    }

    /** Screens show what {@code report} reads, so a person waits for it. */
    @Test
    void reportsAreReadByScreenQueries() {
        noClasses()
                .that()
                .resideInAPackage("org.markwatch.report..")
                .and(not(callMethod(ScreenQueries.class, "client")))
                .should()
                .callMethod(JdbcClient.class, "create", DataSource.class)
                .check(PROGRAM);
    }

    private static DescribedPredicate<JavaClass> callMethod(Class<?> owner, String name) {
        return DescribedPredicate.describe(
                "call " + owner.getSimpleName() + "." + name,
                type -> type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(owner)
                                && call.getTarget().getName().equals(name)));
    }

    @Test
    void modulesHaveOnlyAllowedDependencies() {
        ApplicationModules.of(MarkwatchApplication.class).verify();
    }

    /** Readers and searches find a type by its name. Types nested in {@code brand}, {@code match} and {@code text} may still share one among themselves. */
    @Test
    void typesHaveDistinctNames() {
        Map<String, List<JavaClass>> byName = PROGRAM.stream()
                .filter(type -> !type.getSimpleName().isEmpty()
                        && !type.getSimpleName().equals("package-info")
                        && !type.isAnonymousClass())
                .collect(Collectors.groupingBy(JavaClass::getSimpleName));

        assertThat(byName.values())
                .filteredOn(types -> types.size() > 1)
                .filteredOn(types -> !types.stream()
                        .map(JavaClass::getPackageName)
                        .allMatch(Set.of("org.markwatch.brand", "org.markwatch.match", "org.markwatch.text")::contains))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.markwatch.text", "org.markwatch.brand", "org.markwatch.match", "org.markwatch.crawl"})
    void classesHaveNoCycles(String below) {
        slices().assignedFrom(new ClassOf(below)).should().beFreeOfCycles().check(PROGRAM);
    }

    @Test
    void packagesOfCrawlHaveNoCycles() {
        slices().assignedFrom(new PackageOf("org.markwatch.crawl"))
                .should()
                .beFreeOfCycles()
                .check(PROGRAM);
    }

    @Test
    void detectsCycleAmongClasses() {
        assertThat(slices().assignedFrom(new ClassOf("planted.cycle"))
                        .should()
                        .beFreeOfCycles()
                        .evaluate(PLANTED)
                        .getFailureReport()
                        .getDetails())
                .anyMatch(detail -> detail.contains("planted.cycle.There"));
    }

    @Test
    void detectsCycleAmongPackages() {
        assertThat(slices().assignedFrom(new PackageOf("planted.tangle"))
                        .should()
                        .beFreeOfCycles()
                        .evaluate(PLANTED)
                        .getFailureReport()
                        .getDetails())
                .anyMatch(detail -> detail.contains("planted.tangle.right.Third"));
    }

    private static boolean isBelow(String packageName, JavaClass type) {
        return (type.getPackageName() + ".").startsWith(packageName + ".");
    }

    /** A slice for each class of a package and the packages below it, with the types that are nested in the class. */
    private record ClassOf(String packageName) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return isBelow(packageName, type)
                    ? SliceIdentifier.of(type.getName().replaceAll("\\$.*", ""))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "classes of " + packageName;
        }
    }

    /** A slice for a package and for each package below it. */
    private record PackageOf(String packageName) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return isBelow(packageName, type) ? SliceIdentifier.of(type.getPackageName()) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of " + packageName;
        }
    }

    @Test
    void detectsDependencyThatIsNotAllowed() {
        ApplicationModules planted = ApplicationModules.of("planted.upstream", (ImportOption) location -> true);

        assertThatThrownBy(planted::verify).hasMessageContaining("Module 'first' depends on module 'second'");
    }
}
