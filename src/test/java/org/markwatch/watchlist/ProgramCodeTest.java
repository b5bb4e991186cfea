package org.markwatch.watchlist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCodeTest {
    @TempDir
    private Path folder;

    @Test
    void isSameInFolderAndJar() throws IOException {
        classes(folder, "wording");
        try (FileSystem jar = FileSystems.newFileSystem(
                URI.create("jar:" + folder.resolve("program.jar").toUri()), Map.of("create", "true"))) {
            Path inside = jar.getPath("/");
            classes(inside, "wording");

            assertThat(ProgramCode.sha256(inside, "match", "score"))
                    .isEqualTo(ProgramCode.sha256(folder, "match", "score"));
        }
    }

    @Test
    void changesWithGivenPackagesOnly() throws IOException {
        classes(folder, "wording");
        byte[] before = ProgramCode.sha256(folder, "match", "score");

        Files.writeString(folder.resolve("org/markwatch/cli/Verb.class"), "another verb");
        assertThat(ProgramCode.sha256(folder, "match", "score")).isEqualTo(before);

        Files.writeString(folder.resolve("org/markwatch/match/deep/Wording.class"), "other wording");
        assertThat(ProgramCode.sha256(folder, "match", "score")).isNotEqualTo(before);
    }

    @Test
    void hashesRunningProgram() {
        assertThat(ProgramCode.sha256("watchlist"))
                .isEqualTo(ProgramCode.sha256("watchlist"))
                .isNotEqualTo(ProgramCode.sha256("match"));
    }

    private static void classes(Path root, String wording) throws IOException {
        for (String file : new String[] {"match/deep/Wording", "match/Matcher", "score/Scorer", "cli/Verb"}) {
            Path path = root.resolve("org/markwatch/" + file + ".class");
            Files.createDirectories(path.getParent());
            Files.write(path, (file + wording).getBytes(UTF_8));
        }
    }
}
