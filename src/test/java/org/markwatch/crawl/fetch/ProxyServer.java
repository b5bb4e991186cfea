package org.markwatch.crawl.fetch;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.markwatch.watchlist.Proxy;

/** A SOCKS5 and HTTP proxy on loopback. It resolves hosts by a table and records the requests. */
public final class ProxyServer implements AutoCloseable {
    private final Proxy.Protocol kind;
    private final ServerSocket socket;
    /** Loopback ports by host name. */
    private final Map<String, Integer> hosts;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();

    public ProxyServer(Proxy.Protocol kind, Map<String, Integer> hosts) {
        this.kind = kind;
        this.hosts = hosts;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    public Proxy proxy() {
        return new Proxy(kind, "127.0.0.1", socket.getLocalPort());
    }

    /** Returns the recorded requests. SOCKS: type and value of the address; HTTP: the request line. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve() {
        try {
            while (true) {
                Socket client = socket.accept();
                clients.add(client);
                Thread.ofVirtual().start(() -> {
                    try (client) {
                        if (kind == Proxy.Protocol.SOCKS5) {
                            socks(client);
                        } else {
                            http(client);
                        }
                    } catch (IOException e) {
                        // the client closed the connection
                    }
                });
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** RFC 1928, without authentication. */
    private void socks(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        if (in.readByte() != 5) {
            return;
        }
        in.skipNBytes(in.readUnsignedByte());
        out.write(new byte[] {5, 0});
        in.skipNBytes(3); // version, CONNECT, reserved
        int type = in.readUnsignedByte();
        byte[] address = new byte[type == 3 ? in.readUnsignedByte() : type == 1 ? 4 : 16];
        in.readFully(address);
        int port = in.readUnsignedShort();
        String host = type == 3
                ? new String(address, StandardCharsets.ISO_8859_1)
                : InetAddress.getByAddress(address).getHostAddress();
        asked.add((type == 3 ? "name " : "address ") + host + ":" + port);
        Integer target = hosts.get(host);
        if (target == null) {
            out.write(new byte[] {5, 4, 0, 1, 0, 0, 0, 0, 0, 0}); // host unreachable
            return;
        }
        out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        join(client, target);
    }

    private void http(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        String first = line(in);
        while (!line(in).isEmpty()) {
            // headers are ignored
        }
        if (first.isEmpty()) {
            return;
        }
        asked.add(first);
        String host = first.split(" ", -1)[1].replaceFirst("^http://", "").replaceFirst("[:/].*", "");
        Integer port = hosts.get(host);
        if (port == null) {
            answer(client, "502 Bad Gateway", "no route");
        } else if (first.startsWith("CONNECT ")) {
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            join(client, port);
        } else {
            forward(client, first, host, port);
        }
    }

    private static void forward(Socket client, String first, String host, int port) throws IOException {
        String path = first.split(" ", -1)[1].replaceFirst("^http://[^/]*", "");
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            server.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }

    /**
     * Reads one line and no byte beyond it, because the rest may belong to the tunnel. Returns an empty string at the
     * end.
     */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static void answer(Socket client, String status, String body) throws IOException {
        String answer = "HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, body.length(), body);
        client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void join(Socket client, int port) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread up = Thread.ofVirtual().start(() -> copy(client, server));
            copy(server, client);
            up.interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // one side closed the connection
        }
    }

    /** Stops listening and closes all connections. */
    @Override
    public void close() {
        try {
            socket.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
