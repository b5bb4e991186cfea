package org.markwatch.crawl.politeness;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.fetch.PublicOnlyDnsResolver;
import org.markwatch.crawl.frontier.AddressSlots;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.url.HttpUrl;

/**
 * Limits the requests in flight to one IP address, over all hosts that resolve to it.
 *
 * <p>A request to a busy address waits in a queue of that address without a thread. The crawler that releases a permit
 * of the address receives the first waiting one and continues with it, so the hosts of one address are served first
 * come, first served. Thread-safe.
 */
public final class AddressBudget {
    /** Requests in flight to one public address, unless the settings give a limit. */
    public static final int DEFAULT_PUBLIC_LIMIT = 4;

    private static final Comparator<InetAddress> ORDER =
            Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned);

    private final PublicOnlyDnsResolver resolver;
    private final int configuredLimit;
    private final Map<ByteBuffer, AddressSlots> addresses = new ConcurrentHashMap<>();
    private final AddressSlots unlimited = new AddressSlots(0, AddressSlots.UNLIMITED);

    /**
     * Creates a budget.
     *
     * @param configuredLimit requests in flight to one address, 1 or more; or 0 for {@link #DEFAULT_PUBLIC_LIMIT} to
     *                        public addresses and no limit to the private ones that the guard opens, which belong to
     *                        the operator
     */
    public AddressBudget(PublicOnlyDnsResolver resolver, int configuredLimit) {
        this.resolver = resolver;
        this.configuredLimit = configuredLimit;
    }

    /** Permission for one request; {@code slots} is null if no limit applies. */
    public record Permit(FrontierUrl url, @Nullable AddressSlots slots) {
        /** Whether a limit applies to the address. */
        public boolean isLimited() {
            return slots != null && slots.limit() < AddressSlots.UNLIMITED;
        }
    }

    /**
     * Acquires a permit for one request; the caller holds the host.
     *
     * @return null if the address is busy: the request waits, and a later {@link #release} returns its permit
     */
    @Nullable
    public Permit acquire(FrontierUrl url, HostQueue host) {
        boolean proxied =
                url.site().seed().proxy() != null; // the proxy resolves the host, so its address is unknown here
        AddressSlots slots = proxied ? null : slots(host);
        return slots == null || slots.acquire(url) ? new Permit(url, slots) : null;
    }

    /** Releases a permit; returns the permit of the request that the caller has to make next, or null if none waits. */
    @Nullable
    public Permit release(Permit permit) {
        FrontierUrl next = permit.slots == null ? null : permit.slots.release();
        return next == null ? null : new Permit(next, permit.slots);
    }

    /** Returns null while the address of the host is unknown; its requests fail at name resolution then. */
    private @Nullable AddressSlots slots(HostQueue host) {
        AddressSlots known = host.addressSlots();
        if (known != null) {
            return known;
        }
        InetAddress address = address(HttpUrl.of(host.key()));
        if (address == null) {
            return null;
        }
        int limit = configuredLimit > 0
                ? configuredLimit
                : resolver.guard().isOpened(address) ? AddressSlots.UNLIMITED : DEFAULT_PUBLIC_LIMIT;
        AddressSlots slots = limit == AddressSlots.UNLIMITED
                ? unlimited
                : addresses.computeIfAbsent(addressKey(address), key -> new AddressSlots(key.hashCode(), limit));
        host.addressSlots(slots);
        return slots;
    }

    /** Name servers rotate their answers, so the lowest of several addresses represents all of them. */
    private @Nullable InetAddress address(HttpUrl host) {
        try {
            return resolver.resolve(host.host(), host.port()).stream()
                    .map(InetSocketAddress::getAddress)
                    .min(ORDER)
                    .orElse(null);
        } catch (UnknownHostException e) {
            return null; // the request that follows fails with this cause and records it
        }
    }

    /** An IPv6 address counts with its /64, which is commonly assigned to one machine (RFC 6177). */
    private static ByteBuffer addressKey(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, 8));
    }
}
