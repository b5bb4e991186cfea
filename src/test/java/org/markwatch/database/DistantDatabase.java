package org.markwatch.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.ds.PGSimpleDataSource;

/** A database behind a network with a delay, and a count of the messages to it. A message is what arrives at once: a statement. */
public final class DistantDatabase implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger messages = new AtomicInteger();
    private final PGSimpleDataSource near;
    private final Duration roundTrip;

    /** @param roundTrip time that each message to the database takes longer */
    public DistantDatabase(PGSimpleDataSource near, Duration roundTrip) throws IOException {
        this.near = near;
        this.roundTrip = roundTrip;
        threads.execute(this::accept);
    }

    /** Returns the database over the network. */
    public PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(
                String.valueOf(near.getUrl()).replaceFirst("//[^/]+/", "//127.0.0.1:" + listener.getLocalPort() + "/"));
        source.setUser(near.getUser());
        source.setPassword(near.getPassword());
        return source;
    }

    /** Returns the number of messages to the database. */
    public int messages() {
        return messages.get();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(near.getServerNames()[0], near.getPortNumbers()[0]);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                threads.execute(() -> copy(client, server, true));
                threads.execute(() -> copy(server, client, false));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void copy(Socket from, Socket to, boolean delayed) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (delayed) {
                    messages.incrementAndGet();
                    Thread.sleep(roundTrip);
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // one of the two has closed the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
