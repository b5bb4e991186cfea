package org.markwatch.schema;

import static org.assertj.core.api.Assertions.assertThat;

import db.tables.SqlScript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares our copies of the scripts of libraries with those in their jars. */
class LibraryTablesTest {
    @ParameterizedTest
    @CsvSource({
        SqlScript.SPRING_BATCH + ", /org/springframework/batch/core/schema-postgresql.sql",
        SqlScript.QUARTZ + ", /org/quartz/impl/jdbcjobstore/tables_postgres.sql"
    })
    void copyEqualsScriptOfLibrary(String copy, String shipped) throws IOException {
        assertThat(read(copy))
                .as(
                        "%s differs from %s of the library. Leave the copy as it is, since old migrations execute it;"
                                + " add a migration that makes the same change, and a new copy for this test and the next"
                                + " baseline",
                        copy, shipped)
                .isEqualTo(read(shipped));
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = LibraryTablesTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
