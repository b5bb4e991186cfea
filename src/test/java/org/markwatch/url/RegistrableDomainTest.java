package org.markwatch.url;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registrable domains of hosts. */
class RegistrableDomainTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "www.shop.com, shop.com, shop.com",
                "pay.shop.co.uk, shop.co.uk, shop.co.uk",
                "co.uk, -, -",
                "blog.alice.github.io, alice.github.io, github.io",
                "github.io, -, github.io",
                "a.b.shop.example, shop.example, shop.example",
                "pay.intranet.internal, intranet.internal, intranet.internal",
                "nas.lan, nas.lan, nas.lan",
                "localhost, -, -",
                "192.0.2.1, -, -",
                "[2001:db8::1], -, -"
            })
    void countsASuffixThatTheListDoesNotHaveAsOneLabel(String host, String domain, String ofRegistry) {
        assertThat(RegistrableDomain.of(host)).isEqualTo(domain);
        assertThat(RegistrableDomain.ofRegistry(host)).isEqualTo(ofRegistry);
    }
}
