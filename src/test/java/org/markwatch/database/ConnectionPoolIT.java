package org.markwatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.markwatch.ClosedPort;
import org.postgresql.ds.PGSimpleDataSource;

/** Tests the pool with a database that becomes unavailable and available again, by a TCP relay in front of it. */
class ConnectionPoolIT {
    private final PGSimpleDataSource database = TestDatabase.empty();

    @Test
    void waitsOnceForUnavailableDatabaseAndThenFailsAtOnce() throws Exception {
        try (ClosedPort port = new ClosedPort();
                ConnectionPool pool = pool(port.number())) {
            try (Relay relay = new Relay(port)) {
                use(pool);
            }
            pool.getHikariPoolMXBean()
                    .softEvictConnections(); // HikariCP does not test a connection used in the last 500 ms

            assertThatThrownBy(() -> use(pool))
                    .as("waits for the time-out")
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("refused");
            assertThatThrownBy(() -> use(pool))
                    .as("fails at once")
                    .isNotInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("refused");

            try (Relay restarted = new Relay(port)) {
                use(pool);
            }
        }
    }

    @Test
    void evictsIdleConnectionsWhenOneBreaks() throws Exception {
        try (ConnectionPool pool = pool(database.getPortNumbers()[0]);
                Connection broken = pool.getConnection()) {
            use(pool); // leaves an idle connection, which HikariCP does not test for 500 ms
            terminateSessions();

            assertThatThrownBy(() -> query(broken)).isInstanceOf(SQLException.class);
            use(pool);
        }
    }

    @Test
    void letsTheDatabaseEndATransactionThatPausesForLong() throws Exception {
        assertThat(setting("idle_in_transaction_session_timeout"))
                .isEqualTo(ConnectionPool.TRANSACTION_PAUSE.toSeconds() + "s");
    }

    @Test
    void letsTheDatabaseReadFewRowsByTheirIndex() throws Exception {
        assertThat(setting("random_page_cost")).isEqualTo("1.1");
    }

    private String setting(String name) throws SQLException {
        try (ConnectionPool pool = pool(database.getPortNumbers()[0]);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + name)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private void terminateSessions() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    select pg_terminate_backend(pid, 60000) from pg_stat_activity
                    where datname = current_database() and pid <> pg_backend_pid()""");
        }
    }

    private ConnectionPool pool(int port) {
        ConnectionPool pool = new ConnectionPool();
        pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + database.getDatabaseName());
        pool.setUsername(database.getUser());
        pool.setPassword(database.getPassword());
        return pool;
    }

    private static void use(ConnectionPool pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            query(connection);
        }
    }

    private static void query(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    /** Forwards the TCP connections of a port to the database until it is closed. */
    private final class Relay implements AutoCloseable {
        private final ServerSocket server;
        private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

        private Relay(ClosedPort port) throws IOException {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            while (!server.isClosed()) {
                try {
                    Socket in = server.accept();
                    sockets.add(in);
                    Socket out = new Socket(InetAddress.getLoopbackAddress(), database.getPortNumbers()[0]);
                    sockets.add(out);
                    Thread.ofVirtual().start(() -> forward(in, out));
                    Thread.ofVirtual().start(() -> forward(out, in));
                } catch (IOException e) {
                    assertThat(server.isClosed())
                            .as("only close() ends the loop")
                            .isTrue();
                }
            }
            closeSockets(); // connections accepted during close()
        }

        private void closeSockets() {
            try {
                for (Socket socket : sockets) {
                    socket.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void forward(Socket from, Socket to) {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // close() has closed the socket
            }
        }

        @Override
        public void close() {
            try {
                server.close();
                closeSockets();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
