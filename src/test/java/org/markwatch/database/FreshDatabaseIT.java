package org.markwatch.database;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class FreshDatabaseIT {
    @Test
    void returnsNewDatabaseEachTime() {
        JdbcTemplate one = new JdbcTemplate(TestDatabase.fresh());
        JdbcTemplate other = new JdbcTemplate(TestDatabase.fresh());
        one.execute("CREATE TABLE only_here (id int)");
        assertThat(other.queryForObject("SELECT to_regclass('only_here')::text", String.class))
                .isNull();
    }

    @Test
    void usesUnusualTimeZone() {
        DataSource database = TestDatabase.fresh();
        assertThat(new JdbcTemplate(database).queryForObject("SHOW timezone", String.class))
                .isEqualTo("Pacific/Chatham");
    }
}
