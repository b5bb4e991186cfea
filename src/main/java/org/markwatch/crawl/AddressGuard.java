package org.markwatch.crawl;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a crawl out of every network that is not the public internet: the IANA special-purpose address registries (RFC 6890
 * and its updates; IPv6 as of 2024-10-22, with RFC 9780 of 2025), multicast, IPv6 outside of what IANA gives out for unicast
 * at all, and addresses that carry such a one inside (IPv4-mapped, NAT64, 6to4, ISATAP, Teredo).
 *
 * <p>A network's own NAT64 prefix (RFC 6052 section 2.2) cannot be told from any other address; an operator who has one must not
 * let it reach inside.
 */
final class AddressGuard {
    private static final List<Block> REFUSED = blocks(
            "0.0.0.0/8 this network (RFC 791)",
            "10.0.0.0/8 private (RFC 1918)",
            "100.64.0.0/10 shared, carrier-grade NAT (RFC 6598)",
            "127.0.0.0/8 loopback (RFC 1122)",
            "169.254.0.0/16 link-local and cloud metadata (RFC 3927)",
            "172.16.0.0/12 private (RFC 1918)",
            "192.0.0.0/24 IETF protocol assignments (RFC 6890)",
            "192.0.2.0/24 documentation (RFC 5737)",
            "192.31.196.0/24 AS112 (RFC 7535)",
            "192.52.193.0/24 AMT (RFC 7450)",
            "192.88.99.0/24 6to4 relay (RFC 7526)",
            "192.168.0.0/16 private (RFC 1918)",
            "192.175.48.0/24 AS112 (RFC 7534)",
            "198.18.0.0/15 benchmarking (RFC 2544)",
            "198.51.100.0/24 documentation (RFC 5737)",
            "203.0.113.0/24 documentation (RFC 5737)",
            "224.0.0.0/4 multicast (RFC 5771)",
            "240.0.0.0/4 reserved and broadcast (RFC 1112, RFC 8190)",
            "::/128 unspecified (RFC 4291)",
            "::1/128 loopback (RFC 4291)",
            "::/96 IPv4-compatible (RFC 4291)",
            "64:ff9b:1::/48 local-use NAT64 (RFC 8215)",
            "100::/64 discard-only (RFC 6666)",
            "100:0:0:1::/64 dummy prefix (RFC 9780)",
            "2001::/23 IETF protocol assignments, Teredo, benchmarking, ORCHID (RFC 2928)",
            "2001:db8::/32 documentation (RFC 3849)",
            "2620:4f:8000::/48 AS112 (RFC 7534)",
            "3fff::/20 documentation (RFC 9637)",
            "5f00::/16 segment routing (RFC 9602)",
            "fc00::/7 unique local (RFC 4193)",
            "fe80::/10 link-local (RFC 4291)",
            "fec0::/10 site-local (RFC 3879)",
            "ff00::/8 multicast (RFC 4291)");

    /** All that IANA has opened for global unicast (RFC 4291 section 2.4); what lies outside is special or not in use. */
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3", "global unicast (RFC 4291)");

    private static final Block NAT64 = Block.of("64:ff9b::/96", "NAT64 (RFC 6052)");
    private static final Block SIX_TO_FOUR = Block.of("2002::/16", "6to4 (RFC 3056)");

    private final List<Block> opened;

    /**
     * @param openedRanges CIDR blocks that are let through all the same, such as {@code 127.0.0.0/8}
     * @throws IllegalArgumentException if one is no CIDR block
     */
    AddressGuard(List<String> openedRanges) {
        this.opened = openedRanges.stream()
                .map(range -> Block.of(range, "opened by configuration"))
                .toList();
    }

    /** Why an address may not be connected to, or null if it may. */
    @Nullable
    String refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (contains(opened, bytes) != null) {
            return null;
        }
        Block refused = contains(REFUSED, bytes);
        if (refused != null) {
            return refused.toString();
        }
        byte[] inner = embedded(bytes);
        if (inner == null) {
            boolean open = bytes.length == 4 || GLOBAL_UNICAST.contains(bytes);
            return open ? null : "no global unicast address (RFC 4291)";
        }
        if (contains(opened, inner) != null) {
            return null;
        }
        Block refusedInside = contains(REFUSED, inner);
        return refusedInside == null ? null : "carries an address of " + refusedInside;
    }

    /** Why a host may not be asked for through a proxy, as far as its name tells; null if it may. Nothing is looked up. */
    @Nullable
    String refusalByName(String host) {
        InetAddress literal = literal(host);
        if (literal != null) {
            return refusal(literal);
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.equals("localhost") || name.endsWith(".localhost") ? "loopback (RFC 6761)" : null;
    }

    /** Whether an address is let through by configuration only: the operator's own. */
    boolean isOpened(InetAddress address) {
        return contains(opened, address.getAddress()) != null;
    }

    /** The IPv4 address inside an IPv6 one; Teredo is refused as a whole, IPv4-mapped ones are IPv4 to Java already. */
    private static byte @Nullable [] embedded(byte[] address) {
        if (NAT64.contains(address)) {
            return Arrays.copyOfRange(address, 12, 16);
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Arrays.copyOfRange(address, 2, 6);
        }
        return isIsatap(address) ? Arrays.copyOfRange(address, 12, 16) : null;
    }

    /** RFC 5214 section 6.1: the interface identifier is 0000:5efe or 0200:5efe and an IPv4 address. */
    private static boolean isIsatap(byte[] address) {
        return address.length == 16
                && (address[8] & ~0x02) == 0
                && address[9] == 0
                && address[10] == 0x5E
                && address[11] == (byte) 0xFE;
    }

    private static @Nullable Block contains(List<Block> blocks, byte[] address) {
        for (Block block : blocks) {
            if (block.contains(address)) {
                return block;
            }
        }
        return null;
    }

    private static List<Block> blocks(String... written) {
        List<Block> blocks = new ArrayList<>();
        for (String line : written) {
            int space = line.indexOf(' ');
            blocks.add(Block.of(line.substring(0, space), line.substring(space + 1)));
        }
        return List.copyOf(blocks);
    }

    /** An IP literal as an address; null if the text is a name. Nothing is looked up. */
    static @Nullable InetAddress literal(String host) {
        boolean ipv6 = host.indexOf(':') >= 0;
        boolean ipv4 = !ipv6 && !host.isEmpty() && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        if (!ipv6 && !ipv4) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(host.replace("[", "").replace("]", ""));
        } catch (IllegalArgumentException e) {
            return null; // a name of digits, which no resolver will know
        }
    }

    private static final class Block {
        private final String cidr;
        private final String purpose;
        private final byte[] network;
        private final int bits;

        private Block(String cidr, String purpose, byte[] network, int bits) {
            this.cidr = cidr;
            this.purpose = purpose;
            this.network = network;
            this.bits = bits;
        }

        static Block of(String cidr, String purpose) {
            int slash = cidr.indexOf('/');
            try {
                byte[] network = InetAddress.ofLiteral(slash < 0 ? cidr : cidr.substring(0, slash))
                        .getAddress();
                int bits = slash < 0 ? network.length * 8 : Integer.parseInt(cidr.substring(slash + 1));
                if (bits < 0 || bits > network.length * 8) {
                    throw new IllegalArgumentException("prefix length " + bits);
                }
                return new Block(cidr, purpose, network, bits);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + cidr + "' is no CIDR block; write it like 10.0.0.0/8 or fd00::/8", e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xFF : 0xFF << (8 - (bits - bit));
                if (((address[bit / 8] ^ network[bit / 8]) & mask & 0xFF) != 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return cidr + " " + purpose;
        }
    }

    /** Thrown by name resolution when every address of a host is refused. */
    static final class AddressRefusedException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        AddressRefusedException(String host, String refusal) {
            super(host + " leads to " + refusal);
        }
    }
}
