package org.markwatch.watchlist;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.markwatch.url.HostNames;
import org.markwatch.url.HttpUrl;

/**
 * Validates and normalises host names, URLs, IP addresses and CIDR blocks. See {@link HostNames} for names in other
 * scripts.
 */
final class NetworkSyntax {
    private static final Pattern URL = Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)(#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[^:@\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern CIDR_BLOCK = Pattern.compile("([0-9A-Fa-f:.]+)/(\\d{1,3})");
    /** Names reserved for examples and tests (RFC 2606, RFC 6761), and names of local networks. */
    private static final Pattern RESERVED =
            Pattern.compile("(.*\\.)?(example|test|invalid|localhost|local|internal|example\\.(com|net|org))");

    private NetworkSyntax() {}

    /** Returns a host name or IPv4 literal in lower-case ASCII without a final dot, or an IPv6 literal in brackets. */
    static String host(String value) throws MalformedValueException {
        if (value.startsWith("[") && value.endsWith("]")) {
            ipLiteral(value.substring(1, value.length() - 1));
            return value.toLowerCase(Locale.ROOT);
        }
        String encoded = HostNames.toAscii(value.strip());
        String ascii = encoded == null ? "" : encoded;
        String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (name.length() > 253 || !LABELS.matcher(name).matches()) {
            String fault = value.strip().contains("://")
                    ? "; remove the scheme and the path"
                    : value.strip().matches("(?s).*\\s.*") ? "; the host has a space, remove it" : "";
            throw new MalformedValueException(
                    "must be a host name like shop.example, without scheme, path or spaces" + fault);
        }
        return name;
    }

    /** Returns an absolute http or https URL with a host and at most a port, without user and password. */
    static HttpUrl url(String value) throws MalformedValueException {
        Matcher parts = URL.matcher(value.strip());
        if (!parts.matches()) {
            throw new MalformedValueException("must be an absolute http or https URL" + suggestion(value.strip()));
        }
        Matcher authority = AUTHORITY.matcher(parts.group(2));
        if (!authority.matches()) {
            throw new MalformedValueException(
                    "must name a host and at most a port, without user or password, like https://shop.example/");
        }
        if (authority.group(2) != null) {
            checkPort(authority.group(2));
        }
        if (parts.group(3).chars().anyMatch(Character::isWhitespace)) {
            throw new MalformedValueException("must be a URL without white space: write a space as %20");
        }
        return HttpUrl.parse(value)
                .orElseThrow(() -> new MalformedValueException(
                        "must name a host like shop.example, an IPv4 address like 192.0.2.1, or an IPv6 address in"
                                + " brackets"));
    }

    private static void checkPort(String port) throws MalformedValueException {
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            throw new MalformedValueException("must have a port from 1 to 65535");
        }
    }

    private static String suggestion(String value) {
        try {
            if (!value.isEmpty() && !value.contains(":")) {
                return "; write " + url("https://" + value);
            }
        } catch (MalformedValueException e) {
            // https:// before the value does not make a URL either
        }
        return ", like https://shop.example/";
    }

    /** Returns the value if it is a CIDR block (RFC 4632, RFC 4291 section 2.3), like 10.0.0.0/8 or fd00::/8. */
    static String cidrBlock(String value) throws MalformedValueException {
        Matcher parts = CIDR_BLOCK.matcher(value);
        if (parts.matches()) {
            int bits = ipLiteral(parts.group(1)).getAddress().length * 8;
            if (Integer.parseInt(parts.group(2)) <= bits) {
                return value;
            }
        }
        throw new MalformedValueException("must be a CIDR block like 127.0.0.0/8 or fd00::/8");
    }

    /** Returns {@code host} or {@code host:port} with the host in normal form. */
    static String hostAndPort(String value) throws MalformedValueException {
        Matcher authority = AUTHORITY.matcher(value);
        if (!authority.matches()) {
            throw new MalformedValueException("must be a host, or host:port");
        }
        return host(authority.group(1)) + (authority.group(2) == null ? "" : ":" + authority.group(2));
    }

    /**
     * Returns the value if it is {@code address} or {@code address:port}; an IPv6 address before a port stands in
     * brackets.
     */
    static String addressAndPort(String value) throws MalformedValueException {
        Matcher authority = AUTHORITY.matcher(value);
        String address = authority.matches() ? authority.group(1) : value;
        ipLiteral(address.startsWith("[") ? address.substring(1, address.length() - 1) : address);
        return value;
    }

    /** Returns the address of an IPv4 or IPv6 literal. Sends no DNS query. */
    static InetAddress ipLiteral(String value) throws MalformedValueException {
        try {
            return InetAddress.ofLiteral(value);
        } catch (IllegalArgumentException e) {
            throw new MalformedValueException("must be an IP address like 127.0.0.1 or ::1");
        }
    }

    /** Returns whether a host is a public DNS name: neither reserved, nor local, nor an address literal. */
    static boolean isPublicName(String host) {
        if (host.startsWith("[") || RESERVED.matcher(host).matches()) {
            return false;
        }
        try {
            ipLiteral(host);
            return false;
        } catch (MalformedValueException notALiteral) {
            return true;
        }
    }
}
