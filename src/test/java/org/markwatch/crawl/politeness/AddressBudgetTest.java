package org.markwatch.crawl.politeness;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.fetch.AddressGuard;
import org.markwatch.crawl.fetch.PublicOnlyDnsResolver;
import org.markwatch.crawl.fetch.TestFetcher;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.politeness.AddressBudget.Permit;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Proxy;

class AddressBudgetTest {
    private static final Map<String, List<String>> NAMES = Map.of(
            "a.example", List.of("8.8.8.8"),
            "b.example", List.of("8.8.8.8"),
            "c.example", List.of("8.8.8.8"),
            "d.example", List.of("9.9.9.9"),
            "one.example", List.of("8.8.4.4", "8.8.8.8"),
            "two.example", List.of("8.8.8.8", "8.8.4.4"),
            "six.example", List.of("2600:1::1"),
            "same64.example", List.of("2600:1::2"),
            "other64.example", List.of("2600:1:0:1::1"),
            "mine.example", List.of("10.1.2.3"));

    private int lookups;

    @Test
    void limitsRequestsInFlightToOneAddress() {
        AddressBudget budget = budget(2);
        assertThat(budget.acquire(url("a.example"), host("a.example"))).isNotNull();
        assertThat(budget.acquire(url("b.example"), host("b.example"))).isNotNull();
        assertThat(budget.acquire(url("c.example"), host("c.example"))).isNull();
        assertThat(budget.acquire(url("d.example"), host("d.example"))).isNotNull();
    }

    @Test
    void servesWaitingRequestsInOrder() {
        AddressBudget budget = budget(1);
        Permit first = acquire(budget, "a.example");
        budget.acquire(url("b.example"), host("b.example"));
        budget.acquire(url("c.example"), host("c.example"));
        Permit second = Objects.requireNonNull(budget.release(first));
        Permit third = Objects.requireNonNull(budget.release(second));
        assertThat(List.of(second.url().host(), third.url().host()))
                .containsExactly("http://b.example", "http://c.example");
        assertThat(budget.release(third)).isNull();
        assertThat(budget.acquire(url("a.example"), host("a.example"))).isNotNull();
    }

    @Test
    void countsHostsWithTheSameAddressesInAnyOrderTogether() {
        AddressBudget budget = budget(1);
        acquire(budget, "one.example");
        assertThat(budget.acquire(url("two.example"), host("two.example"))).isNull();
    }

    @Test
    void countsIpv6SubnetOf64BitsAsOneAddress() {
        AddressBudget budget = budget(1);
        acquire(budget, "six.example");
        assertThat(budget.acquire(url("same64.example"), host("same64.example")))
                .isNull();
        assertThat(budget.acquire(url("other64.example"), host("other64.example")))
                .isNotNull();
    }

    @Test
    void limitsOpenedPrivateAddressesOnlyIfConfigured() {
        AddressBudget defaults = budget(0);
        List<Boolean> permitted = new ArrayList<>();
        for (int i = 0; i < AddressBudget.DEFAULT_PUBLIC_LIMIT + 1; i++) {
            assertThat(defaults.acquire(url("mine.example"), host("mine.example")))
                    .isNotNull();
            permitted.add(defaults.acquire(url("a.example"), host("a.example")) != null);
        }
        assertThat(permitted).containsExactly(true, true, true, true, false);
        AddressBudget configured = budget(1);
        acquire(configured, "mine.example");
        assertThat(configured.acquire(url("mine.example"), host("mine.example")))
                .isNull();
    }

    @Test
    void resolvesHostOnceAndPermitsRequestsToUnresolvableHosts() {
        AddressBudget budget = budget(2);
        HostQueue host = host("a.example");
        budget.release(Objects.requireNonNull(budget.acquire(url("a.example"), host)));
        budget.release(Objects.requireNonNull(budget.acquire(url("a.example"), host)));
        assertThat(lookups).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            assertThat(budget.acquire(url("unresolvable.example"), host("unresolvable.example")))
                    .isNotNull();
        }
    }

    @Test
    void resolvesNoHostBehindProxy() {
        Proxy tor = new Proxy(Proxy.Protocol.SOCKS5, "127.0.0.1", 9050);
        FrontierUrl url = TestFetcher.visit(HttpUrl.of("http://a.example/"), tor);
        AddressBudget budget = budget(1);
        assertThat(budget.acquire(url, host("a.example"))).isNotNull();
        assertThat(budget.acquire(url, host("a.example"))).isNotNull();
        assertThat(lookups).isZero();
    }

    private static Permit acquire(AddressBudget budget, String name) {
        return Objects.requireNonNull(budget.acquire(url(name), host(name)));
    }

    private static FrontierUrl url(String name) {
        return TestFetcher.visit(HttpUrl.of("http://" + name + "/"));
    }

    private static HostQueue host(String name) {
        return new HostQueue("http://" + name, () -> 0);
    }

    private AddressBudget budget(int configured) {
        AddressGuard guard = new AddressGuard(List.of("10.0.0.0/8"));
        DnsResolver names = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                lookups++;
                List<String> addresses = NAMES.get(host);
                if (addresses == null) {
                    throw new UnknownHostException(host);
                }
                return addresses.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        return new AddressBudget(new PublicOnlyDnsResolver(guard, Map.of(), names), configured);
    }
}
