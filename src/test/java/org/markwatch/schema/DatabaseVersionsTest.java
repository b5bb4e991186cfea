package org.markwatch.schema;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.markwatch.database.DatabaseException;

class DatabaseVersionsTest {
    @Test
    void refusesServerThatIsTooOld() {
        assertThatThrownBy(versions(15, "15.6 (Debian 15.6-1)", 0, 33)::checkServer)
                .isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith(
                        "needs PostgreSQL 16 or newer, this is 15.6 (server at db.example:5432); nothing was changed.")
                .hasMessageContaining("--db");
    }

    @Test
    void acceptsOldestServerAndNewerOnes() {
        assertThatCode(versions(16, "16.0", 0, 33)::checkServer).doesNotThrowAnyException();
        assertThatCode(versions(19, "19beta1", 0, 33)::checkServer).doesNotThrowAnyException();
    }

    @Test
    void refusesSchemaOfNewerProgram() {
        assertThatThrownBy(versions(18, "18.0", 34, 33)::checkSchema)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("schema version 34")
                .hasMessageContaining("up to version 33")
                .hasMessageContaining("Update markwatch");
    }

    @Test
    void acceptsOlderSchemaAndNone() {
        assertThatCode(versions(18, "18.0", 33, 33)::checkSchema).doesNotThrowAnyException();
        assertThatCode(versions(18, "18.0", 0, 33)::checkSchema).doesNotThrowAnyException();
    }

    private static DatabaseVersions versions(int major, String name, int schema, int latest) {
        return new DatabaseVersions("db.example:5432", major, name, schema, latest);
    }
}
