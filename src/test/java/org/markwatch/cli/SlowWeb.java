package org.markwatch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A web with slow responses in a process of its own, for {@link SlowBench} and {@link HostsBench}. It serves any host with any number of small
 * pages, each of which links to the next eight. Prints its port; then, for each line of input, the number of pages and
 * of robots.txt files that it has served. Ends at the end of its input.
 */
public final class SlowWeb {
    private static final int LINKS = 8;
    private static final int BACKLOG = 4096;

    private final long latencyMillis;
    private final int pagesPerHost;
    private final AtomicLong pages = new AtomicLong();
    private final AtomicLong robots = new AtomicLong();

    private SlowWeb(long latencyMillis, int pagesPerHost) {
        this.latencyMillis = latencyMillis;
        this.pagesPerHost = pagesPerHost;
    }

    /** Arguments: milliseconds from each request to its response; optionally the number of pages of each host. */
    public static void main(String[] args) throws IOException {
        SlowWeb web =
                new SlowWeb(Long.parseLong(args[0]), args.length > 1 ? Integer.parseInt(args[1]) : Integer.MAX_VALUE);
        ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> web.accept(socket));
        System.out.println(socket.getLocalPort());
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        while (orders.readLine() != null) {
            System.out.println(web.pages + " " + web.robots);
        }
    }

    private void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the slow web cannot accept connections", e);
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String request = in.readLine(); request != null; request = in.readLine()) {
                String line = in.readLine();
                while (line != null && !line.isEmpty()) {
                    line = in.readLine();
                }
                TimeUnit.MILLISECONDS.sleep(latencyMillis);
                answer(request.split(" ", 3)[1], client.getOutputStream());
            }
        } catch (IOException e) {
            // the client has closed the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String path, OutputStream out) throws IOException {
        if (path.equals("/robots.txt")) {
            robots.incrementAndGet();
            write(out, "404 Not Found", "text/plain", "none");
        } else if (!path.equals("/") && !path.startsWith("/leaf/")) {
            write(out, "404 Not Found", "text/html; charset=UTF-8", "none"); // the soft-404 probe
        } else {
            pages.incrementAndGet();
            write(out, "200 OK", "text/html; charset=UTF-8", page(path));
        }
    }

    private String page(String path) {
        int number = path.equals("/") ? 0 : Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        StringBuilder html = new StringBuilder("<!DOCTYPE html><html lang=en><title>Leaf " + number + "</title><ul>");
        for (int next = number + 1; next <= number + LINKS && next < pagesPerHost; next++) {
            html.append("<li><a href=\"/leaf/")
                    .append(next)
                    .append("\">leaf ")
                    .append(next)
                    .append("</a>");
        }
        return html.append("</ul><p>Opening hours and directions are given at the counter.")
                .toString();
    }

    private static void write(OutputStream out, String status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
