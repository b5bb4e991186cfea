package org.markwatch.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.crawl.Disposition;
import org.markwatch.url.HttpUrl;

/** Counts, at a server with a small send buffer, the bytes that it can send before a response is cancelled. */
@Timeout(60)
class ReceiveWindowTest {
    private static final int PICTURE_BYTES = 1_000_000;
    private static final int TEXT_BYTES = 500_000;

    private final BlockingQueue<Integer> sent = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private TestFetcher fetcher;

    @BeforeEach
    void start() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        fetcher = new TestFetcher(Duration.ofSeconds(20));
        Thread.ofVirtual().start(this::accept);
    }

    @AfterEach
    void stop() throws Exception {
        fetcher.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/declared", "/disguised"})
    void serverSendsAtMost64KibOfRefusedPicture(String path) throws Exception {
        assertThat(fetch(path)).isInstanceOf(Disposition.Refused.class);
        assertThat(sentBytes()).isLessThanOrEqualTo(64 << 10);
    }

    @Test
    void serverSendsAtMost64KibOfPictureAfterLongText() throws Exception {
        assertThat(fetch("/text")).isInstanceOf(Disposition.Fetched.class);
        assertThat(sentBytes()).isGreaterThan(TEXT_BYTES);
        assertThat(fetch("/disguised")).isInstanceOf(Disposition.Refused.class);
        assertThat(sentBytes()).isLessThanOrEqualTo(64 << 10);
    }

    private Disposition fetch(String path) {
        HttpUrl url = HttpUrl.of("http://127.0.0.1:" + server.getLocalPort() + path);
        return ((ExchangeResult.Completed) fetcher.fetch(url)).disposition();
    }

    private int sentBytes() throws InterruptedException {
        Integer bytes = sent.poll(20, TimeUnit.SECONDS);
        assertThat(bytes).as("the end of a response at the server").isNotNull();
        return bytes;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                client.setSendBufferSize(8 << 10);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // the test has closed the server
        }
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                answer(request.split(" ", 3)[1], client.getOutputStream());
            }
        } catch (IOException e) {
            // the client has cancelled the response
        }
    }

    private void answer(String path, OutputStream out) throws IOException {
        boolean text = path.equals("/text");
        byte[] body = new byte[text ? TEXT_BYTES : PICTURE_BYTES];
        Arrays.fill(body, (byte) 'a');
        if (!text) {
            byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
            System.arraycopy(png, 0, body, 0, png.length);
        }
        int bytes = 0;
        try {
            byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: " + (path.equals("/declared") ? "image/png" : "text/html")
                            + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            out.write(head);
            bytes += head.length;
            for (int i = 0; i < body.length; i += 1000) {
                out.write(body, i, 1000);
                bytes += 1000;
            }
        } finally {
            sent.add(bytes);
        }
    }
}
