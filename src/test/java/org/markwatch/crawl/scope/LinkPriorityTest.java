package org.markwatch.crawl.scope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.url.HttpUrl;

class LinkPriorityTest {
    @ParameterizedTest
    @CsvSource({
        "/join, 2",
        "/Sign-Up.php, 2",
        "/en/membership-plans/, 2",
        "/index.php?route=checkout/cart, 2",
        "/zahlung.html, 2",
        "/contact_us, 1",
        "/legal/terms-of-service, 1",
        "/articles/1.html, 0",
        "/payload/, 0",
        "/, 0",
    })
    void assignsPriorityByTheWordsOfTheUrl(String path, int priority) {
        assertThat(LinkPriority.of(HttpUrl.of("https://shop.example" + path))).isEqualTo(priority);
    }
}
