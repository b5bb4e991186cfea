package org.markwatch.review;

import javax.sql.DataSource;
import org.markwatch.queue.ScreenQueries;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reports to monitoring whether the console and its database are available, without signing in. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
class HealthController {
    private final JdbcClient jdbc;

    HealthController(DataSource dataSource) {
        this.jdbc = ScreenQueries.client(dataSource);
    }

    @NoPermission
    @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> health() {
        try {
            jdbc.sql("select 1").query(Integer.class).single();
            return ResponseEntity.ok("{\"status\":\"up\"}");
        } catch (DataAccessException e) {
            return ResponseEntity.status(503).body("{\"status\":\"down\",\"cause\":\"database\"}");
        }
    }
}
