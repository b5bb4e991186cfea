package org.markwatch.crawl.scope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.url.HttpUrl;

class TrackingParametersTest {
    @ParameterizedTest
    @CsvSource({
        "https://shop.example/a?utm_source=x&id=3&fbclid=y, https://shop.example/a?id=3",
        "https://shop.example/a?UTM_campaign=x, https://shop.example/a",
        "https://shop.example/a?PHPSESSID=0123456789abcdef0123, https://shop.example/a",
        "https://shop.example/a;jsessionid=ABC.node1/b?x=1, https://shop.example/a/b?x=1",
        "https://shop.example/a?id=3&%75tm_x=1, https://shop.example/a?id=3",
        "https://shop.example:8443/?gclid=1, https://shop.example:8443/",
    })
    void removesTrackingParameters(HttpUrl written, HttpUrl clean) {
        assertThat(TrackingParameters.removeFrom(written)).isEqualTo(clean);
    }

    @Test
    void keepsOtherParameters() {
        HttpUrl url = HttpUrl.of("https://shop.example/a;v=1?sid=3&x=&x&&gclide=1");

        assertThat(TrackingParameters.removeFrom(url)).isSameAs(url);
    }
}
