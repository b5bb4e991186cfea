package org.markwatch.crawl.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Proxy;

/** Distinguishes faults of a proxy from faults of the hosts behind it. */
final class ProxyFault {
    /** Messages of java.net for replies of a SOCKS server that concern the target host (RFC 1928 section 6). */
    private static final List<String> OF_THE_HOST = List.of(
            "SOCKS: Network unreachable",
            "SOCKS: Host unreachable",
            "SOCKS: Connection refused",
            "SOCKS: TTL expired",
            "SOCKS server general failure"); // Tor sends this for names that do not resolve, among other cases

    private ProxyFault() {}

    /** Returns a description of the fault if the proxy itself caused it, otherwise null. */
    static @Nullable String of(Proxy proxy, Throwable fault) {
        return switch (proxy.protocol()) {
            case HTTP -> isConnectFault(fault) ? String.valueOf(fault.getMessage()) : null;
            case SOCKS5 -> socksFault(fault);
        };
    }

    /** Returns whether connecting failed. With an HTTP proxy, every connection is one to the proxy. */
    private static boolean isConnectFault(Throwable fault) {
        return fault instanceof UnknownHostException
                || fault instanceof ConnectException
                || fault instanceof ConnectTimeoutException
                || fault instanceof NoRouteToHostException;
    }

    private static @Nullable String socksFault(Throwable fault) {
        if (fault instanceof UnknownHostException) {
            return "not a SOCKS version 5 server"; // java.net falls back to version 4, which cannot resolve names
        }
        if (fault instanceof SocketException && fault.getCause() instanceof IOException connecting) {
            return String.valueOf(connecting.getMessage());
        }
        String message = String.valueOf(fault.getMessage());
        return message.contains("SOCKS") && !isFaultOfHost(fault) ? message : null;
    }

    /** Returns whether a SOCKS server reports that it cannot reach the target host. */
    static boolean isFaultOfHost(Throwable fault) {
        String message = String.valueOf(fault.getMessage());
        return OF_THE_HOST.stream().anyMatch(message::contains);
    }
}
