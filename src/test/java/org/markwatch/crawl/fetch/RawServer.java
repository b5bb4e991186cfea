package org.markwatch.crawl.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.markwatch.url.HttpUrl;

/** A server on loopback that answers every request with bytes from the test, and counts the bytes sent. */
public final class RawServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong sent = new AtomicLong();
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();

    /** Writes one response. */
    public interface Script {
        void answer(String requestLine, Out out) throws IOException, InterruptedException;
    }

    /** The output of a response. */
    public final class Out {
        private final OutputStream stream;

        private Out(OutputStream stream) {
            this.stream = stream;
        }

        public void head(String... lines) throws IOException {
            bytes((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        public void bytes(byte[] bytes) throws IOException {
            stream.write(bytes);
            stream.flush();
            sent.addAndGet(bytes.length);
        }

        /** Returns a stream that writes to the response; its bytes are counted. */
        public OutputStream stream() {
            return new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    bytes(new byte[] {(byte) b});
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    Out.this.bytes(Arrays.copyOfRange(bytes, offset, offset + length));
                }
            };
        }

        /** Repeats the bytes until the client closes the connection, up to 64 MiB. */
        public void endless(byte[] bytes) throws IOException {
            for (long written = 0; written < 64L << 20; written += bytes.length) {
                bytes(bytes);
            }
        }
    }

    public RawServer(Script script) {
        this.script = script;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    public HttpUrl url(String path) {
        return HttpUrl.of("http://127.0.0.1:" + socket.getLocalPort() + path);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    public long sent() {
        return sent.get();
    }

    /** Completes when a client closes the connection before the end of a response. */
    public CompletableFuture<Void> hungUp() {
        return hungUp;
    }

    private void serve() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void answer(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            String request = in.readLine();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.startsWith("Cookie:")) {
                    requests.add(line);
                }
            }
            if (request != null) {
                requests.add(request);
                script.answer(request, new Out(client.getOutputStream()));
            }
        } catch (IOException e) {
            hungUp.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
