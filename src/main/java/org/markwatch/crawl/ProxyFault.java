package org.markwatch.crawl;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Proxy;

/** Tells faults of a proxy from those of the hosts behind it. */
final class ProxyFault {
    /** What a SOCKS server says of the host that it was to connect to (RFC 1928 section 6), in the words of java.net. */
    private static final List<String> OF_THE_HOST = List.of(
            "SOCKS: Network unreachable",
            "SOCKS: Host unreachable",
            "SOCKS: Connection refused",
            "SOCKS: TTL expired",
            "SOCKS server general failure"); // Tor's word for a name that it cannot find, among others

    private ProxyFault() {}

    /** What is wrong with the proxy itself, or null if it is something else. */
    static @Nullable String of(Proxy proxy, Throwable fault) {
        return switch (proxy.protocol()) {
            case HTTP -> connecting(fault) ? String.valueOf(fault.getMessage()) : null;
            case SOCKS5 -> socks(fault);
        };
    }

    /** An HTTP proxy is the only one that is connected to. */
    private static boolean connecting(Throwable fault) {
        return fault instanceof UnknownHostException
                || fault instanceof ConnectException
                || fault instanceof ConnectTimeoutException
                || fault instanceof NoRouteToHostException;
    }

    private static @Nullable String socks(Throwable fault) {
        if (fault instanceof UnknownHostException) {
            return "it does not speak SOCKS version 5"; // java.net tries version 4, which has no names
        }
        if (fault instanceof SocketException && fault.getCause() instanceof IOException connecting) {
            return String.valueOf(connecting.getMessage());
        }
        String message = String.valueOf(fault.getMessage());
        return message.contains("SOCKS") && !isFaultOfHost(fault) ? message : null;
    }

    /** Whether a SOCKS server could not reach the host. */
    static boolean isFaultOfHost(Throwable fault) {
        String message = String.valueOf(fault.getMessage());
        return OF_THE_HOST.stream().anyMatch(message::contains);
    }
}
