package org.markwatch.watchlist.edit;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnifiedDiffTest {
    @TempDir
    private Path folder;

    @Test
    void leavesTheNoteOnAMissingLineFeedOutOfTheCounts() {
        assertThat(UnifiedDiff.of("seeds.csv", "a\nb\nc", "a\nb\nc\nd")).isEqualTo("""
                --- a/seeds.csv
                +++ b/seeds.csv
                @@ -1,3 +1,4 @@
                 a
                 b
                -c
                \\ No newline at end of file
                +c
                +d
                \\ No newline at end of file
                """);
    }

    @Test
    void keepsEqualLinesBetweenTwoChangesThatChangeTheNumberOfLines() {
        assertThat(UnifiedDiff.of("seeds.csv", "a\nb\nc\nd\ne\n", "a\nx\nc\nd\ny\nz\ne\n"))
                .isEqualTo("""
                --- a/seeds.csv
                +++ b/seeds.csv
                @@ -1,5 +1,7 @@
                 a
                -b
                +x
                 c
                 d
                +y
                +z
                 e
                """);
    }

    @Test
    void takesMoreLinesThanItComparesAsOneChange() {
        String numbers =
                IntStream.range(0, 200_000).mapToObj(each -> each + "\n").collect(joining());

        List<String> diff = UnifiedDiff.of(
                        "seeds.csv", "first\n" + numbers + "last\n", "first\n" + numbers.replace('1', 'l') + "last\n")
                .lines()
                .toList();

        assertThat(diff.get(2)).isEqualTo("@@ -1,200002 +1,200002 @@");
        assertThat(diff.stream().filter(line -> line.startsWith(" ")).toList())
                .containsExactly(" first", " 0", " last");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a~b~c | a~b~c~",
                "a~b~c~ | a~b~c",
                "a~b~c | a~x~c",
                "a | b",
                "a~ | ''",
                "'' | a~b~",
                "'' | a",
                "a~b~c~d~e~f~g~h~i~j~ | a~c~d~e~f~g~h~i~x~y~j~",
                "a^~b~ | a~b^~",
                "a~b~c~d~e~f~g~h~i~j | A~b~c~d~e~f~g~h~i~J",
                "a~\\ No newline at end of file~b | a~\\ No newline at end of file~c~",
                "-- a~b~ | ++ a~b~"
            })
    void writesWhatPatchApplies(String before, String after) throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/patch")).isExecutable();
        String text = before.replace('~', '\n').replace('^', '\r');
        String changed = after.replace('~', '\n').replace('^', '\r');
        Path file = Files.writeString(folder.resolve("seeds.csv"), text);
        Path diff = Files.writeString(folder.resolve("change.diff"), UnifiedDiff.of("seeds.csv", text, changed));

        Process patch = new ProcessBuilder("/usr/bin/patch", "-p1", "--fuzz=0", "-i", diff.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();

        assertThat(patch.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("said"))).isEqualTo("patching file seeds.csv\n");
        assertThat(Files.exists(file) ? Files.readString(file) : "").isEqualTo(changed);
        assertThat(Files.exists(file)).isEqualTo(!changed.isEmpty());
    }

    @Test
    void tellsALineOfTheFileFromALineOfTheDifference() {
        String before = "-- label\nx\n";
        String after = "++ label\nkept\r+added by nobody\r@@ -1 +1 @@\nx\n";

        assertThat(DiffLine.of(UnifiedDiff.of("seeds.csv", before, after)))
                .filteredOn(line -> line.kind() != DiffLine.LineKind.SAME)
                .isEqualTo(List.of(
                        new DiffLine(DiffLine.LineKind.PLACE, "--- a/seeds.csv"),
                        new DiffLine(DiffLine.LineKind.PLACE, "+++ b/seeds.csv"),
                        new DiffLine(DiffLine.LineKind.PLACE, "@@ -1,2 +1,3 @@"),
                        new DiffLine(DiffLine.LineKind.REMOVED, "--- label"),
                        new DiffLine(DiffLine.LineKind.ADDED, "+++ label"),
                        new DiffLine(DiffLine.LineKind.ADDED, "+kept\r+added by nobody\r@@ -1 +1 @@")));
    }
}
