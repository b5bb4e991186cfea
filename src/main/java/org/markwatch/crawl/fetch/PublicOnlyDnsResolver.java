package org.markwatch.crawl.fetch;

import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Settings;

/**
 * Resolves host names to the addresses that {@link AddressGuard} allows. The HTTP client connects to the very addresses
 * returned, so a DNS answer that changes between check and connection (DNS rebinding) has no effect.
 */
public final class PublicOnlyDnsResolver implements DnsResolver {
    /** Top-level domain of Tor services, which must not be resolved by DNS (RFC 7686). */
    static final String ONION = ".onion";

    private final AddressGuard guard;
    private final Map<String, String> fixed;
    private final DnsResolver names;

    /**
     * Creates a resolver.
     *
     * @param fixed addresses by {@code host} or {@code host:port} (setting {@code crawl.resolve})
     * @param names resolves all other names
     */
    public PublicOnlyDnsResolver(AddressGuard guard, Map<String, String> fixed, DnsResolver names) {
        this.guard = guard;
        this.fixed = fixed;
        this.names = names;
    }

    /** Returns the resolver of a crawl, which asks the operating system. */
    public static PublicOnlyDnsResolver ofSystem(Settings.CrawlSettings settings) {
        return of(settings, SystemDefaultDnsResolver.INSTANCE);
    }

    /** Returns the resolver of a crawl. */
    static PublicOnlyDnsResolver of(Settings.CrawlSettings settings, DnsResolver names) {
        return new PublicOnlyDnsResolver(new AddressGuard(settings.allowedPrivateRanges()), settings.resolve(), names);
    }

    /** Returns the guard that decides which addresses are allowed. */
    public AddressGuard guard() {
        return guard;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        // HttpClient passes the Unicode form of a name; settings and DNS use the ASCII form (RFC 5891)
        String name = ascii(host);
        String mapped = fixed.getOrDefault(name + ":" + port, fixed.get(name));
        if (mapped != null) {
            return allowed(host, List.of(mapped(mapped, port)));
        }
        InetAddress literal = AddressGuard.literal(name);
        if (literal != null) {
            return allowed(host, List.of(new InetSocketAddress(literal, port)));
        }
        if (name.endsWith(ONION)) {
            throw new UnknownHostException(name + ": names in " + ONION
                    + " are not resolved by DNS (RFC 7686); give the seed a proxy like socks5://127.0.0.1:9050");
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : names.resolve(name)) {
            addresses.add(new InetSocketAddress(address, port));
        }
        return allowed(host, addresses);
    }

    /** Returns the ASCII form of a host name in lower case. */
    static String ascii(String host) {
        return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        return resolve(host, 0).stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host; // reverse lookups are not needed
    }

    private List<InetSocketAddress> allowed(String host, List<InetSocketAddress> addresses)
            throws UnknownHostException {
        List<InetSocketAddress> allowed = new ArrayList<>();
        String refusal = null;
        for (InetSocketAddress address : addresses) {
            String why = guard.refusal(address.getAddress());
            if (why == null) {
                allowed.add(address);
            } else {
                refusal = address.getAddress().getHostAddress() + " in " + why;
            }
        }
        if (allowed.isEmpty()) {
            if (refusal == null) {
                throw new UnknownHostException(host + ": no address");
            }
            throw new AddressGuard.AddressRefusedException(host, refusal);
        }
        return allowed;
    }

    private static InetSocketAddress mapped(String target, int port) throws UnknownHostException {
        int colon = target.lastIndexOf(':');
        boolean withPort = colon > 0 && (target.indexOf(':') == colon || target.charAt(colon - 1) == ']');
        @Nullable InetAddress address = AddressGuard.literal(withPort ? target.substring(0, colon) : target);
        if (address == null) {
            throw new UnknownHostException(
                    "crawl.resolve: '" + target + "' is not an address; write it like 127.0.0.1:8080");
        }
        return new InetSocketAddress(
                address, withPort ? Integer.parseInt(target, colon + 1, target.length(), 10) : port);
    }
}
