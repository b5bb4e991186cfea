package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder;

    @Test
    void keepsExistingFileWhenWriteFails() throws IOException {
        Path file = Files.writeString(folder.resolve("pages.tsv"), "old");

        assertThatThrownBy(() -> OutputFile.of("--out", file).write(writer -> {
                    writer.append("half");
                    throw new IOException("gone");
                }))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(file.toString());

        assertThat(file).hasContent("old");
        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void writesTargetOfSymbolicLink() throws IOException {
        Path file = Files.writeString(folder.resolve("pages.tsv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        OutputFile.of("--out", link).write(writer -> writer.append("new"));

        assertThat(file).hasContent("new");
        assertThat(link).isSymbolicLink();
    }

    @Test
    @EnabledIf("fullDevice")
    void neverReplacesDevice() throws IOException {
        assertThatThrownBy(() -> OutputFile.of("--out", FULL).write(writer -> writer.append("text")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("/dev/full");

        assertThat(Files.isRegularFile(FULL)).isFalse();
    }

    static boolean fullDevice() {
        return Files.exists(FULL);
    }
}
