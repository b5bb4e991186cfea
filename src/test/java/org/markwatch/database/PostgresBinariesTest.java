package org.markwatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresBinariesTest {
    @ParameterizedTest
    @CsvSource({"amd64", "x86_64", "aarch64", "arm64"})
    void hasArchiveForLinux(String architecture) {
        assertThat(PostgresBinaries.class.getResource(PostgresBinaries.archiveResource("Linux", architecture)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mac OS X", "Windows 11"})
    void suggestsOwnServerOnOtherSystems(String system) {
        assertThatThrownBy(() -> PostgresBinaries.archiveResource(system, "amd64"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(system)
                .hasMessageContaining("--db");
    }

    @Test
    void suggestsOwnServerOnOtherProcessors() {
        assertThatThrownBy(() -> PostgresBinaries.archiveResource("Linux", "riscv64"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("riscv64");
    }

    @Test
    void linksProgramsThatAnotherFolderExtracted(@TempDir Path folder) throws IOException {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        PostgresBinaries extracted = PostgresBinaries.extractTo(first, shared);

        Path program = Path.of(PostgresBinaries.extractTo(second, shared).program("postgres"));

        assertThat(program).startsWith(second).isExecutable();
        assertThat(Files.isSameFile(program, Path.of(extracted.program("postgres"))))
                .isTrue();
        try (Stream<Path> left = Files.list(folder.resolve("shared"))) {
            assertThat(left).hasSize(1);
        }
    }
}
