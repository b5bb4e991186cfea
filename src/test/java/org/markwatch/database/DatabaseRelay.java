package org.markwatch.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;

/** Relays connections to the server of a test database, which a test cuts and restores; the server goes on. */
public final class DatabaseRelay implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    public DatabaseRelay(PGSimpleDataSource database) throws IOException {
        this.server = database.getPortNumbers()[0];
        Thread.ofVirtual().start(this::accept);
    }

    /** Returns a database by way of this relay. */
    public PGSimpleDataSource via(PGSimpleDataSource database) {
        PGSimpleDataSource relayed = new PGSimpleDataSource();
        relayed.setUrl("jdbc:postgresql://127.0.0.1:" + listener.getLocalPort() + "/" + database.getDatabaseName());
        relayed.setUser(database.getUser());
        relayed.setPassword(database.getPassword());
        return relayed;
    }

    /** Ends all connections, and from now on each new one at once. */
    public void cut() {
        cut = true;
        open.forEach(DatabaseRelay::end);
    }

    /** Relays new connections again. */
    public void restore() {
        cut = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(client);
                open.add(target);
                Thread.ofVirtual().start(() -> copy(client, target));
                Thread.ofVirtual().start(() -> copy(target, client));
                if (cut) {
                    end(client);
                    end(target);
                }
            }
        } catch (IOException e) {
            cut(); // closed
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of the two has ended
        } finally {
            end(from);
            end(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
