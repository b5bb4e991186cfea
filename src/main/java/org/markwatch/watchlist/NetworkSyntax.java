package org.markwatch.watchlist;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syntax of hosts, URLs and address blocks. Names in other scripts become punycode (IDNA, RFC 3490). */
final class NetworkSyntax {
    private static final Pattern URL = Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)(#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[^:@\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern BLOCK = Pattern.compile("([0-9A-Fa-f:.]+)/(\\d{1,3})");
    /** Names that are set aside for examples and tests (RFC 2606, RFC 6761), and local ones. */
    private static final Pattern RESERVED =
            Pattern.compile("(.*\\.)?(example|test|invalid|localhost|local|internal|example\\.(com|net|org))");

    private NetworkSyntax() {}

    /** A host name or IPv4 literal in lower-case ASCII, or an IPv6 literal in brackets. */
    static String host(String value) throws MalformedValueException {
        if (value.startsWith("[") && value.endsWith("]")) {
            ipLiteral(value.substring(1, value.length() - 1));
            return value.toLowerCase(Locale.ROOT);
        }
        String known = HostNames.toAscii(value.strip());
        String ascii = known == null ? "" : known;
        String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (name.length() > 253 || !LABELS.matcher(name).matches()) {
            throw new MalformedValueException("must be a host name like shop.example, without scheme, path or spaces");
        }
        return name;
    }

    /** An absolute http or https URL, normalised: lower-case host, no default port, a path, no fragment. */
    static URI url(String value) throws MalformedValueException {
        Matcher parts = URL.matcher(value.strip());
        if (!parts.matches()) {
            throw new MalformedValueException("must be an absolute http or https URL" + suggestion(value.strip()));
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        Matcher authority = AUTHORITY.matcher(parts.group(2));
        if (!authority.matches()) {
            throw new MalformedValueException(
                    "must name a host and at most a port, without user or password, like https://shop.example/");
        }
        String host = host(authority.group(1));
        String port = authority.group(2) == null ? "" : port(scheme, authority.group(2));
        String rest = parts.group(3).startsWith("/") ? parts.group(3) : "/" + parts.group(3);
        try {
            return new URI(new URI(scheme + "://" + host + port + rest).toASCIIString());
        } catch (URISyntaxException broken) {
            throw new MalformedValueException(
                    "must be a URL; " + broken.getReason() + ": encode it, for example a space as %20");
        }
    }

    private static String port(String scheme, String port) throws MalformedValueException {
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            throw new MalformedValueException("must have a port from 1 to 65535");
        }
        boolean isDefault = number == (scheme.equals("http") ? 80 : 443);
        return isDefault ? "" : ":" + number;
    }

    private static String suggestion(String value) {
        try {
            if (!value.isEmpty() && !value.contains(":")) {
                return "; write " + url("https://" + value);
            }
        } catch (MalformedValueException hopeless) {
            // there is nothing to suggest
        }
        return ", like https://shop.example/";
    }

    /** A block of addresses, like 10.0.0.0/8 or fd00::/8. */
    static String cidrBlock(String value) throws MalformedValueException {
        Matcher parts = BLOCK.matcher(value);
        if (parts.matches()) {
            int bits = ipLiteral(parts.group(1)).getAddress().length * 8;
            if (Integer.parseInt(parts.group(2)) <= bits) {
                return value;
            }
        }
        throw new MalformedValueException("must be a block of addresses like 127.0.0.0/8 or fd00::/8");
    }

    /** {@code host} or {@code host:port}. */
    static String hostAndPort(String value) throws MalformedValueException {
        Matcher authority = AUTHORITY.matcher(value);
        if (!authority.matches()) {
            throw new MalformedValueException("must be a host, or host:port");
        }
        return host(authority.group(1)) + (authority.group(2) == null ? "" : ":" + authority.group(2));
    }

    /** {@code address} or {@code address:port}; IPv6 in brackets if a port follows. */
    static String addressAndPort(String value) throws MalformedValueException {
        Matcher authority = AUTHORITY.matcher(value);
        String address = authority.matches() ? authority.group(1) : value;
        ipLiteral(address.startsWith("[") ? address.substring(1, address.length() - 1) : address);
        return value;
    }

    /** An IPv4 or IPv6 literal; never asks a name server. */
    static InetAddress ipLiteral(String value) throws MalformedValueException {
        try {
            return InetAddress.ofLiteral(value);
        } catch (IllegalArgumentException notALiteral) {
            throw new MalformedValueException("must be an IP address like 127.0.0.1 or ::1");
        }
    }

    /** Whether a host is on the public Internet, as far as its name tells. */
    static boolean isPublicName(String host) {
        if (host.startsWith("[") || RESERVED.matcher(host).matches()) {
            return false;
        }
        try {
            ipLiteral(host);
            return false;
        } catch (MalformedValueException name) {
            return true;
        }
    }
}
