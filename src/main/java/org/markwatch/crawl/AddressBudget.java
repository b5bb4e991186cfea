package org.markwatch.crawl;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the requests in flight to one address within a limit, however many hosts it serves.
 *
 * <p>A turn whose address is busy waits in line and in nobody's hands; the crawler that ends a turn at the address goes on with
 * the first in line. So waiting costs no thread, and the hosts of one address take turns. Thread-safe.
 */
final class AddressBudget {
    /** Workers of somebody else's server that a crawl may keep busy. */
    static final int DEFAULT_PUBLIC_LIMIT = 4;

    private static final Comparator<InetAddress> ORDER =
            Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned);

    private final PublicOnlyDnsResolver resolver;
    private final AddressGuard guard;
    private final int configured;
    private final Map<ByteBuffer, Slots> addresses = new ConcurrentHashMap<>();
    private final Slots unlimited = new Slots(Integer.MAX_VALUE);

    /**
     * @param configured requests at once, or 0 for {@link #DEFAULT_PUBLIC_LIMIT} to public addresses and no limit to those that were opened
     *                   in the guard, which are the operator's own
     */
    AddressBudget(PublicOnlyDnsResolver resolver, AddressGuard guard, int configured) {
        this.resolver = resolver;
        this.guard = guard;
        this.configured = configured;
    }

    /** A request that may be made now. */
    record Permit(FrontierUrl url, HostQueue host, @Nullable Slots slots) {}

    /** What one address has to give. */
    static final class Slots {
        private final int limit;
        private final Deque<Permit> waiting = new ArrayDeque<>();
        private int taken;

        private Slots(int limit) {
            this.limit = limit;
        }

        private synchronized boolean acquire(Permit turn) {
            if (taken == limit) {
                waiting.addLast(turn);
                return false;
            }
            taken++;
            return true;
        }

        /** Hands a slot on, or takes it back if nobody waits. */
        private synchronized @Nullable Permit release() {
            Permit next = waiting.pollFirst();
            if (next == null) {
                taken--;
            }
            return next;
        }
    }

    /** Begins a turn; null if it has to wait, to be given out by a later {@link #release}. The caller holds the host. */
    @Nullable
    Permit acquire(FrontierUrl url, HostQueue host) {
        boolean elsewhere = url.site().seed().proxy() != null; // whose address nobody here knows
        Permit turn = new Permit(url, host, elsewhere ? null : slots(host));
        return turn.slots == null || turn.slots.acquire(turn) ? turn : null;
    }

    /** Ends a turn; the one that the caller has to do next, or null. */
    @Nullable
    Permit release(Permit turn) {
        return turn.slots == null ? null : turn.slots.release();
    }

    /** Null as long as the host's address is not known; then nothing reaches anybody either. */
    private @Nullable Slots slots(HostQueue host) {
        Slots known = host.addressSlots();
        if (known != null) {
            return known;
        }
        InetAddress address = address(URI.create(host.key()));
        if (address == null) {
            return null;
        }
        int limit = configured > 0 ? configured : guard.isOpened(address) ? Integer.MAX_VALUE : DEFAULT_PUBLIC_LIMIT;
        Slots slots = limit == Integer.MAX_VALUE
                ? unlimited
                : addresses.computeIfAbsent(addressKey(address), key -> new Slots(limit));
        host.addressSlots(slots);
        return slots;
    }

    /** Name servers rotate their answers, so the lowest of several addresses stands for all. */
    private @Nullable InetAddress address(URI host) {
        try {
            return resolver.resolve(host.getHost(), CanonicalUrl.port(host)).stream()
                    .map(InetSocketAddress::getAddress)
                    .min(ORDER)
                    .orElse(null);
        } catch (UnknownHostException e) {
            return null; // the request that follows says so, and where
        }
    }

    /** An IPv6 address counts with its /64, which is what one machine is commonly given (RFC 6177). */
    private static ByteBuffer addressKey(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, 8));
    }
}
