package org.markwatch.schema;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.database.DatabaseException;
import org.markwatch.database.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseVersionsIT {
    @Test
    void acceptsNewDatabaseAndMigratedOne() {
        assertThatCode(() -> DatabaseVersions.check(TestDatabase.empty())).doesNotThrowAnyException();
        assertThatCode(() -> DatabaseVersions.check(TestDatabase.fresh())).doesNotThrowAnyException();
        assertThatCode(() -> DatabaseVersions.check(OldDatabase.filled())).doesNotThrowAnyException();
    }

    @Test
    void refusesDatabaseOfNewerProgram() {
        DataSource database = TestDatabase.fresh();
        JdbcClient.create(database)
                .sql("insert into flyway_schema_history values (1000, '999', 'future', 'SQL', 'V999__future.sql', 1,"
                        + " 'markwatch', now(), 1, true)")
                .update();

        assertThatThrownBy(() -> DatabaseVersions.check(database))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("schema version 999")
                .hasMessageContaining("server at 127.0.0.1:");
    }
}
