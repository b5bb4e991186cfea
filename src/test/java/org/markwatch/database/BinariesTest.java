package org.markwatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinariesTest {
    @ParameterizedTest
    @CsvSource({"amd64", "x86_64", "aarch64", "arm64"})
    void shipsProgramsForLinux(String architecture) {
        assertThat(Binaries.class.getResource(Binaries.archive("Linux", architecture)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mac OS X", "Windows 11"})
    void pointsToADatabaseOfOnesOwnElsewhere(String system) {
        assertThatThrownBy(() -> Binaries.archive(system, "amd64"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(system)
                .hasMessageContaining("--db");
    }

    @Test
    void pointsToADatabaseOfOnesOwnOnOtherProcessors() {
        assertThatThrownBy(() -> Binaries.archive("Linux", "riscv64"))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("riscv64");
    }
}
