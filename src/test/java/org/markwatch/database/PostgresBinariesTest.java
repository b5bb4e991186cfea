package org.markwatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
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
}
