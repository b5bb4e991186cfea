package org.markwatch.crawl.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses connections to every address outside the public internet.
 *
 * <p>It refuses the blocks of the IANA special-purpose address registries (RFC 6890 and its updates; IPv6 registry of
 * 2024-10-22, with RFC 9780), multicast, IPv6 outside the global unicast block, and addresses that embed a refused IPv4
 * address (IPv4-mapped, NAT64, 6to4, ISATAP, Teredo). Ranges that the configuration opens (setting
 * {@code crawl.allowed-private-ranges}) are allowed. Immutable.
 *
 * <p>It cannot recognise a network-specific NAT64 prefix (RFC 6052 section 2.2). An operator whose network uses one
 * must keep that translator from reaching internal networks.
 */
public final class AddressGuard {
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

    /** The block that IANA allocates global unicast addresses from (RFC 4291 section 2.4). */
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3", "global unicast (RFC 4291)");

    private static final Block NAT64 = Block.of("64:ff9b::/96", "NAT64 (RFC 6052)");
    private static final Block SIX_TO_FOUR = Block.of("2002::/16", "6to4 (RFC 3056)");

    private final List<Block> opened;

    /**
     * Creates a guard.
     *
     * @param openedRanges CIDR blocks that are allowed although they are not public, such as {@code 127.0.0.0/8}
     * @throws IllegalArgumentException if an entry is not a CIDR block
     */
    public AddressGuard(List<String> openedRanges) {
        this.opened = openedRanges.stream()
                .map(range -> Block.of(range, "opened by configuration"))
                .toList();
    }

    /** Returns why connections to an address are refused, or null if they are allowed. */
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
            return open ? null : "not a global unicast address (RFC 4291)";
        }
        if (contains(opened, inner) != null) {
            return null;
        }
        Block refusedInside = contains(REFUSED, inner);
        return refusedInside == null ? null : "embeds an address of " + refusedInside;
    }

    /**
     * Returns why requests to a host through a proxy are refused, or null if they are allowed. Checks IP literals and
     * {@code localhost} only; it resolves no name, because the proxy does that.
     *
     * @param host an ASCII host name or an IP literal
     */
    @Nullable
    String refusalByName(String host) {
        InetAddress literal = literal(host);
        if (literal != null) {
            return refusal(literal);
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.equals("localhost") || name.endsWith(".localhost") ? "loopback (RFC 6761)" : null;
    }

    /** Returns whether the configuration opens the range of an address. */
    public boolean isOpened(InetAddress address) {
        return contains(opened, address.getAddress()) != null;
    }

    /**
     * Returns the IPv4 address that an IPv6 address embeds, or null. Teredo addresses are refused as a block, and Java
     * represents IPv4-mapped addresses as IPv4.
     */
    private static byte @Nullable [] embedded(byte[] address) {
        if (NAT64.contains(address)) {
            return Arrays.copyOfRange(address, 12, 16);
        }
        if (SIX_TO_FOUR.contains(address)) {
            return Arrays.copyOfRange(address, 2, 6);
        }
        return isIsatap(address) ? Arrays.copyOfRange(address, 12, 16) : null;
    }

    /** RFC 5214 section 6.1: the interface identifier consists of 0000:5efe or 0200:5efe and an IPv4 address. */
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

    private static List<Block> blocks(String... lines) {
        List<Block> blocks = new ArrayList<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            blocks.add(Block.of(line.substring(0, space), line.substring(space + 1)));
        }
        return List.copyOf(blocks);
    }

    /** Parses an IP literal, with or without brackets. Returns null if the text is a name; resolves nothing. */
    static @Nullable InetAddress literal(String host) {
        boolean ipv6 = host.indexOf(':') >= 0;
        boolean ipv4 = !ipv6 && !host.isEmpty() && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        if (!ipv6 && !ipv4) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(host.replace("[", "").replace("]", ""));
        } catch (IllegalArgumentException e) {
            return null; // digits and dots that form no address: a name that does not resolve
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
                        "'" + cidr + "' is not a CIDR block; write it like 10.0.0.0/8 or fd00::/8", e);
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

    /** Signals that name resolution found only refused addresses for a host. */
    static final class AddressRefusedException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        AddressRefusedException(String host, String refusal) {
            super(host + " resolves to " + refusal);
        }
    }
}
