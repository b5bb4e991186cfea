package org.markwatch.watchlist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy for the requests of a seed. The proxy resolves host names.
 *
 * @param protocol protocol of the proxy
 * @param host name or address literal
 * @param port 1 to 65535
 */
public record Proxy(Protocol protocol, String host, int port) {
    private static final Pattern URL = Pattern.compile("(http|socks5)://(.+):(\\d{1,5})/?");

    /** The protocol of a proxy. */
    public enum Protocol {
        /** HTTP; https requests use CONNECT (RFC 9110 section 9.3.6). */
        HTTP,
        /** SOCKS version 5 (RFC 1928), for example Tor. */
        SOCKS5
    }

    /** Parses {@code http://HOST:PORT} or {@code socks5://HOST:PORT}. */
    static Proxy parse(String value) throws MalformedValueException {
        Matcher parts = URL.matcher(value.strip());
        if (parts.matches()) {
            int port = Integer.parseInt(parts.group(3));
            if (port >= 1 && port <= 65_535) {
                Protocol kind = parts.group(1).equals("http") ? Protocol.HTTP : Protocol.SOCKS5;
                return new Proxy(kind, NetworkSyntax.host(parts.group(2)), port);
            }
        }
        throw new MalformedValueException(
                "must be a proxy like socks5://127.0.0.1:9050 or http://proxy.example:3128, with a port and without user or password");
    }

    /** Returns the proxy in the form that {@code proxy} and {@code crawl.proxies} accept. */
    @Override
    public String toString() {
        return (protocol == Protocol.HTTP ? "http://" : "socks5://") + host + ":" + port;
    }
}
