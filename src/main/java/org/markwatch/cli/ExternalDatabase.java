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
 * The PostgreSQL database of {@code --db}.
 *
 * @param url      JDBC URL
 * @param user     user name, or null if the URL contains it
 * @param password password, or null if the URL contains it or none is needed
 */
record ExternalDatabase(
        String url, @Nullable String user, @Nullable String password) {
    /** Longest wait for the first connection and its login. */
    private static final String TIMEOUT_SECONDS = "10";

    /**
     * Switched off, since our message has more details than the warnings of the driver. A strong reference, since a
     * logger without one is garbage-collected and loses its level.
     */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

    /**
     * Opens and closes a connection, so that an unavailable database is reported before the verb starts.
     *
     * @param environment environment variables; {@code MARKWATCH_DB_USER} and {@code MARKWATCH_DB_PASSWORD} are read
     * @throws BadInputException if the URL is not a JDBC URL of PostgreSQL
     * @throws SQLException      if the connection fails; the message contains the URL without user information and
     *     parameters
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
        login.setProperty("connectTimeout", TIMEOUT_SECONDS);
        login.setProperty("socketTimeout", TIMEOUT_SECONDS);
        try (Connection connection = DriverManager.getConnection(url, login)) {
            return database;
        } catch (SQLException e) {
            String why = e.getCause() instanceof UnknownHostException ? " The host name cannot be resolved." : "";
            throw new SQLException(
                    database.urlWithoutSecrets() + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + why,
                    e.getSQLState(),
                    e);
        }
    }

    /** Returns the Spring properties of the connection pool. */
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
            // malformed: no driver accepts it
        }
        throw new BadInputException("--db " + urlWithoutSecrets() + " is not a PostgreSQL JDBC URL; must be"
                + " jdbc:postgresql://HOST:PORT/DATABASE, for example"
                + " jdbc:postgresql://localhost:5432/markwatch?user=NAME");
    }

    /** Returns the URL without parameters and user information, which may contain a password. */
    String urlWithoutSecrets() {
        return url.replaceFirst("[?].*", "").replaceFirst("//[^/]*@", "//");
    }
}
