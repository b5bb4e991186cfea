package org.markwatch.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.url.HttpUrl;

class AddressGuardTest {
    private final AddressGuard guard = new AddressGuard(List.of());

    /**
     * The first and last addresses of blocks of the IANA special-purpose registries, and addresses that embed a refused
     * one.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "169.254.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.0",
                "192.0.0.170",
                "192.0.0.255",
                "192.0.2.0",
                "192.0.2.255",
                "192.31.196.1",
                "192.52.193.1",
                "192.88.99.0",
                "192.88.99.255",
                "192.168.0.0",
                "192.168.255.255",
                "192.175.48.1",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.0",
                "198.51.100.255",
                "203.0.113.0",
                "203.0.113.255",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:a00:1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "100:0:0:1::1",
                "2001::1",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:1ff:ffff::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "2002:c0a8:101::1",
                "2001:4:112::1",
                "2001:30::1",
                "2606:4700::5efe:10.0.0.1",
                "2606:4700::200:5efe:192.168.1.1",
                "::ffff:0:127.0.0.1",
                "1::1",
                "4000::1",
                "fe00::1",
                "2620:4f:8000::1",
                "3fff::1",
                "3fff:fff:ffff::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fdff:ffff::1",
                "fe80::1",
                "febf:ffff::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1"
            })
    void refusesSpecialPurposeAddress(String address) {
        assertThat(guard.refusal(InetAddress.ofLiteral(address))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.1",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:4860:4860::8888",
                "64:ff9b::808:808",
                "2002:808:808::1",
                "::ffff:8.8.8.8",
                "2606:4700::5efe:8.8.8.8",
                "3ffe:ffff::1"
            })
    void allowsPublicAddress(String address) {
        assertThat(guard.refusal(InetAddress.ofLiteral(address))).isNull();
    }

    @Test
    void allowsOnlyConfiguredRanges() {
        AddressGuard opened = new AddressGuard(List.of("127.0.0.0/8", "fd00::/8"));
        assertThat(opened.refusal(InetAddress.ofLiteral("127.0.0.7"))).isNull();
        assertThat(opened.refusal(InetAddress.ofLiteral("fd12::1"))).isNull();
        assertThat(opened.refusal(InetAddress.ofLiteral("64:ff9b::7f00:1"))).isNull();
        assertThat(opened.refusal(InetAddress.ofLiteral("10.0.0.1"))).isNotNull();
    }

    @Test
    void rejectsMalformedRange() {
        assertThatThrownBy(() -> new AddressGuard(List.of("10.0.0.0/33")))
                .hasMessage("'10.0.0.0/33' is not a CIDR block; write it like 10.0.0.0/8 or fd00::/8");
    }

    @Test
    void resolvesToPublicAddressesOnly() throws Exception {
        PublicOnlyDnsResolver resolver = resolver(Map.of("mixed.example", new String[] {"10.0.0.1", "8.8.8.8"}));
        assertThat(resolver.resolve("mixed.example", 443))
                .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("8.8.8.8"), 443));
    }

    @Test
    void refusesNameWithPrivateAddressesOnly() {
        PublicOnlyDnsResolver resolver = resolver(Map.of("inside.example", new String[] {"169.254.169.254"}));
        assertThatThrownBy(() -> resolver.resolve("inside.example", 80))
                .isInstanceOf(AddressGuard.AddressRefusedException.class)
                .hasMessageContaining("inside.example resolves to 169.254.169.254");
    }

    @Test
    void refusesConfiguredPrivateAddress() {
        PublicOnlyDnsResolver resolver = new PublicOnlyDnsResolver(
                guard, Map.of("shop.example", "127.0.0.1:8080"), SystemDefaultDnsResolver.INSTANCE);
        assertThatThrownBy(() -> resolver.resolve("shop.example", 80))
                .isInstanceOf(AddressGuard.AddressRefusedException.class);
    }

    @Test
    void prefersConfiguredAddressForPort() throws Exception {
        PublicOnlyDnsResolver resolver = new PublicOnlyDnsResolver(
                guard,
                Map.of("shop.example", "8.8.8.8", "shop.example:443", "8.8.4.4:8443"),
                SystemDefaultDnsResolver.INSTANCE);
        assertThat(resolver.resolve("Shop.example", 443))
                .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("8.8.4.4"), 8443));
        assertThat(resolver.resolve("shop.example", 80))
                .containsExactly(new InetSocketAddress(InetAddress.ofLiteral("8.8.8.8"), 80));
    }

    /** Spellings of 127.0.0.1, 169.254.169.254 and ::1 that browsers accept. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.1/",
                "http://127.0.1/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7F.1/",
                "http://0177.0.0.1/",
                "http://017700000001/",
                "http://127.0.0.1./",
                "http://%31%32%37.0.0.1/",
                "http://\uff11\uff12\uff17.0.0.1/",
                "http://127\u30020.0.1/",
                "http://0/",
                "http://0xa9fea9fe/",
                "http://0251.0376.169.254/",
                "http://2852039166/",
                "http://[::1]/",
                "http://[0:0:0:0:0:0:0:1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://user:pass@127.1:80/",
                "http:\\\\127.1\\"
            })
    void refusesUnusualSpellingsOfPrivateAddress(String written) {
        HttpUrl url = HttpUrl.parse(written).orElseThrow();
        PublicOnlyDnsResolver resolver = resolver(Map.of());
        assertThatThrownBy(() -> resolver.resolve(url.host(), 80))
                .as("%s", url)
                .isInstanceOf(AddressGuard.AddressRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.256/", "http://4294967296/", "http://0x1ffffffff/", "http://1.2.3.4.5/"})
    void rejectsUrlWithInvalidNumericAddress(String written) {
        assertThat(HttpUrl.parse(written)).isEmpty();
    }

    private PublicOnlyDnsResolver resolver(Map<String, String[]> names) {
        return new PublicOnlyDnsResolver(guard, Map.of(), new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                String[] addresses = names.get(host);
                if (addresses == null) {
                    throw new UnknownHostException(host);
                }
                InetAddress[] resolved = new InetAddress[addresses.length];
                for (int i = 0; i < addresses.length; i++) {
                    resolved[i] = InetAddress.ofLiteral(addresses[i]);
                }
                return resolved;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        });
    }
}
