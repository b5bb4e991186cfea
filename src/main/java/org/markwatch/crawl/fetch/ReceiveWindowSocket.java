package org.markwatch.crawl.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket with a small receive window if the other end is near, so that little of a refused body arrives before the
 * exchange is cancelled.
 *
 * <p>A body is refused by its headers or first bytes. Until the cancellation reaches the server, it sends what congestion
 * control and the receive window allow. Over a distant path that is what two round trips of slow start carry: about 44 KB
 * (RFC 6928, ten segments). Over a near one it is the receive window, which the system makes 64 KiB and more. A near path
 * needs no such window: 16 KiB every 5 ms are 3 MB/s. A distant path needs a growing one, and gets that of the system,
 * since a window that was made small does not grow again on Linux.
 */
final class ReceiveWindowSocket extends Socket {
    /** Requested window in bytes; Linux reserves twice as much, for its own records too. */
    static final int NEAR_BYTES = 16 * 1024;

    /** Longest time to connect, about a round trip, over a near path. */
    private static final Duration NEAR = Duration.ofMillis(5);

    private final boolean nearProxy;

    private ReceiveWindowSocket(Proxy proxy) {
        super(proxy);
        this.nearProxy = proxy.address() instanceof InetSocketAddress address && isLoopback(address);
    }

    /** Creates a socket that is not connected, for connections through {@code proxy} if that is not null. */
    static Socket create(@Nullable Proxy proxy) {
        return new ReceiveWindowSocket(proxy == null ? Proxy.NO_PROXY : proxy);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
        boolean loopback = nearProxy || endpoint instanceof InetSocketAddress address && isLoopback(address);
        if (loopback) {
            // before the connection: its segments are larger than the window, and would be lost if it shrank later
            setReceiveBufferSize(NEAR_BYTES);
        }
        long start = System.nanoTime();
        super.connect(endpoint, timeoutMillis);
        boolean near = System.nanoTime() - start < NEAR.toNanos();
        if (near && !loopback) {
            setReceiveBufferSize(NEAR_BYTES);
        }
    }

    private static boolean isLoopback(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.getHostString().equals("localhost")
                        || AddressGuard.literal(address.getHostString()) instanceof InetAddress literal
                                && literal.isLoopbackAddress()
                : address.getAddress().isLoopbackAddress();
    }
}
