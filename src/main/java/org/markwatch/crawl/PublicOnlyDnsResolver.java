package org.markwatch.crawl;

import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names for connecting, and lets only addresses through that the guard lets through. The addresses it returns are
 * those that are connected to, so a name that changes its answer between check and connect gains nothing.
 */
final class PublicOnlyDnsResolver implements DnsResolver {
    /** Names of Tor, which no name server may see. */
    static final String ONION = ".onion";

    private final AddressGuard guard;
    private final Map<String, String> fixed;
    private final DnsResolver names;

    /**
     * @param fixed addresses by {@code host} or {@code host:port}; see {@code crawl.resolve}
     * @param names asked for everything else
     */
    PublicOnlyDnsResolver(AddressGuard guard, Map<String, String> fixed, DnsResolver names) {
        this.guard = guard;
        this.fixed = fixed;
        this.names = names;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        // HttpClient hands over the Unicode form of a name; settings and name servers know the other one (RFC 5891).
        String name = ascii(host);
        String mapped = fixed.getOrDefault(name + ":" + port, fixed.get(name));
        if (mapped != null) {
            return guarded(host, List.of(mapped(mapped, port)));
        }
        InetAddress literal = AddressGuard.literal(name);
        if (literal != null) {
            return guarded(host, List.of(new InetSocketAddress(literal, port)));
        }
        if (name.endsWith(ONION)) {
            throw new UnknownHostException(name + ": names in " + ONION
                    + " are not looked up (RFC 7686); give the seed a proxy like socks5://127.0.0.1:9050");
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : names.resolve(name)) {
            addresses.add(new InetSocketAddress(address, port));
        }
        return guarded(host, addresses);
    }

    static String ascii(String host) {
        return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return resolve(host, 0).stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host; // no reverse look-ups
    }

    private List<InetSocketAddress> guarded(String host, List<InetSocketAddress> addresses)
            throws UnknownHostException {
        List<InetSocketAddress> open = new ArrayList<>();
        String refusal = null;
        for (InetSocketAddress address : addresses) {
            String why = guard.refusal(address.getAddress());
            if (why == null) {
                open.add(address);
            } else {
                refusal = address.getAddress().getHostAddress() + " in " + why;
            }
        }
        if (open.isEmpty()) {
            if (refusal == null) {
                throw new UnknownHostException(host + ": no address");
            }
            throw new AddressGuard.AddressRefusedException(host, refusal);
        }
        return open;
    }

    private static InetSocketAddress mapped(String target, int port) throws UnknownHostException {
        int colon = target.lastIndexOf(':');
        boolean withPort = colon > 0 && (target.indexOf(':') == colon || target.charAt(colon - 1) == ']');
        @Nullable InetAddress address = AddressGuard.literal(withPort ? target.substring(0, colon) : target);
        if (address == null) {
            throw new UnknownHostException(
                    "crawl.resolve: '" + target + "' is no address; write it like 127.0.0.1:8080");
        }
        return new InetSocketAddress(
                address, withPort ? Integer.parseInt(target, colon + 1, target.length(), 10) : port);
    }
}
