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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that goes and comes back: a relay in front of it does. */
class ConnectionPoolIT {
    private final PGSimpleDataSource database = TestDatabase.empty();

    @Test
    void waitsForADatabaseThatIsGoneOnceAndTellsOthersAtOnceUntilItIsBack() throws Exception {
        Relay relay = new Relay(0);
        try (ConnectionPool pool = pool(relay.port())) {
            use(pool);
            relay.close();
            pool.getHikariPoolMXBean().softEvictConnections(); // the pool trusts a connection for half a second

            assertThatThrownBy(() -> use(pool))
                    .as("waits in vain")
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("refused");
            assertThatThrownBy(() -> use(pool))
                    .as("does not wait")
                    .isNotInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("refused");

            try (Relay back = new Relay(relay.port())) {
                use(pool);
            }
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
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    /** Passes on what comes in at a port, until it is closed. */
    private final class Relay implements AutoCloseable {
        private final ServerSocket server;
        private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

        private Relay(int port) throws IOException {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
            Thread.ofVirtual().start(this::accept);
        }

        private int port() {
            return server.getLocalPort();
        }

        private void accept() {
            while (!server.isClosed()) {
                try {
                    Socket in = server.accept();
                    Socket out = new Socket(InetAddress.ofLiteral("127.0.0.1"), database.getPortNumbers()[0]);
                    sockets.add(in);
                    sockets.add(out);
                    Thread.ofVirtual().start(() -> pass(in, out));
                    Thread.ofVirtual().start(() -> pass(out, in));
                } catch (IOException e) {
                    assertThat(server.isClosed()).as("ends by close() only").isTrue();
                }
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
                for (Socket socket : sockets) {
                    socket.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
