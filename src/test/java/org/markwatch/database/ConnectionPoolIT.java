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
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.markwatch.ClosedPort;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that goes and comes back: a relay in front of it does. */
class ConnectionPoolIT {
    private final PGSimpleDataSource database = TestDatabase.empty();

    @Test
    void waitsForADatabaseThatIsGoneOnceAndTellsOthersAtOnceUntilItIsBack() throws Exception {
        try (ClosedPort port = new ClosedPort();
                ConnectionPool pool = pool(port.number())) {
            try (Relay relay = new Relay(port)) {
                use(pool);
            }
            pool.getHikariPoolMXBean().softEvictConnections(); // the pool trusts a connection for half a second

            assertThatThrownBy(() -> use(pool))
                    .as("waits in vain")
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("refused");
            assertThatThrownBy(() -> use(pool))
                    .as("does not wait")
                    .isNotInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("refused");

            try (Relay back = new Relay(port)) {
                use(pool);
            }
        }
    }

    @Test
    void handsOutNoConnectionToAServerThatIsGoneOnceOneHasBroken() throws Exception {
        try (ConnectionPool pool = pool(database.getPortNumbers()[0]);
                Connection broken = pool.getConnection()) {
            use(pool); // so that another one lies ready, and is trusted for half a second
            cutSessionsOff();

            assertThatThrownBy(() -> ask(broken)).isInstanceOf(SQLException.class);
            use(pool);
        }
    }

    private void cutSessionsOff() throws SQLException {
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
            ask(connection);
        }
    }

    private static void ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    /** Passes on what comes in at a port, until it is closed. */
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
                    Thread.ofVirtual().start(() -> pass(in, out));
                    Thread.ofVirtual().start(() -> pass(out, in));
                } catch (IOException e) {
                    assertThat(server.isClosed()).as("ends by close() only").isTrue();
                }
            }
            cutOff(); // whoever came while it was being closed
        }

        private void cutOff() {
            try {
                for (Socket socket : sockets) {
                    socket.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void pass(Socket from, Socket to) {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // cut by close(), which is what the test is about
            }
        }

        @Override
        public void close() {
            try {
                server.close();
                cutOff();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
