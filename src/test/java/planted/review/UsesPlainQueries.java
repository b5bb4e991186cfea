package planted.review;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class UsesPlainQueries {
    JdbcClient violation(DataSource database) {
        return JdbcClient.create(database);
    }
}
