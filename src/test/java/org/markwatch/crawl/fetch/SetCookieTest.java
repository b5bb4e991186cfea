package org.markwatch.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetCookieTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cart_session=0a1b2c; Path=/; HttpOnly | cart_session",
                "' __Host-id = secret' | __Host-id",
                "empty= | empty",
            })
    void extractsNameOnly(String header, String name) {
        assertThat(SetCookie.name(header)).contains(name);
    }

    @Test
    void findsNoNameInMalformedValue() {
        assertThat(SetCookie.name("secret value")).isEmpty();
        assertThat(SetCookie.name("=value")).isEmpty();
        assertThat(SetCookie.name("na(me)=value")).isEmpty();
        assertThat(SetCookie.name(null)).isEmpty();
    }

    @Test
    void limitsTotalLengthOfNames() {
        String names = "first";
        for (int i = 0; i < 10_000; i++) {
            names = SetCookie.join(names, "cookie" + i);
        }

        assertThat(names.length()).isLessThan(2_100);
        assertThat(names).startsWith("first cookie0 cookie1 ");
    }
}
