package org.markwatch.cli;

import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that {@code --db} names.
 *
 * @param url      JDBC URL
 * @param user     null if the URL says it
 * @param password null if the URL says it or none is needed
 */
record ExternalDatabase(
        String url, @Nullable String user, @Nullable String password) {
    /** The driver's own warnings say less than our line; held so that the level is not lost to garbage collection. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

    /**
     * Connects once, so that a database which cannot be had is told before anything is begun.
     *
     * @throws BadInput     if the URL is none of PostgreSQL's
     * @throws SQLException if it cannot be connected to; names the database, without what may be secret
     */
    static ExternalDatabase connect(String url, Map<String, String> environment) throws SQLException {
        DRIVER_LOG.setLevel(Level.OFF);
        ExternalDatabase database = new ExternalDatabase(
                url, environment.get("MARKWATCH_DB_USER"), environment.get("MARKWATCH_DB_PASSWORD"));
        database.checkUrl();
        Properties login = new Properties();
        if (database.user != null) {
            login.setProperty("user", database.user);
        }
        if (database.password != null) {
            login.setProperty("password", database.password);
        }
        try (Connection connection = DriverManager.getConnection(url, login)) {
            return database;
        } catch (SQLException e) {
            String why = e.getCause() instanceof UnknownHostException ? " There is no host of that name." : "";
            throw new SQLException(
                    database.urlWithoutSecrets() + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + why,
                    e.getSQLState(),
                    e);
        }
    }

    /** For Spring's connection pool. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.datasource.url", url);
        if (user != null) {
            properties.put("spring.datasource.username", user);
        }
        if (password != null) {
            properties.put("spring.datasource.password", password);
        }
        return properties;
    }

    private void checkUrl() {
        try {
            if (url.startsWith("jdbc:postgresql:")) {
                DriverManager.getDriver(url);
                return;
            }
        } catch (SQLException e) {
            // no driver takes it: not well-formed
        }
        throw new BadInputException("--db " + urlWithoutSecrets()
                + " is not a PostgreSQL JDBC URL; write jdbc:postgresql://HOST:PORT/DATABASE,"
                + " for example jdbc:postgresql://localhost:5432/markwatch?user=NAME");
    }

    /** Without parameters and user information, among which there may be a password. */
    private String urlWithoutSecrets() {
        return url.replaceFirst("[?].*", "").replaceFirst("//[^/]*@", "//");
    }
}
