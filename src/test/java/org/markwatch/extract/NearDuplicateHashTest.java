package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.url.HttpUrl;

class NearDuplicateHashTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/3 | <p>Nothing on 3 May 2026 | /4 | <p>nothing on 4 MAY 2027",
                "/x | <h1>Shoes</h1><p>red, blue | /y | <p>blue <b>red</b><h1>shoes",
                "/cart/old | <p>/cart/old was not found | /shop/new | <p>/shop/new was not found",
                "/a?q=gold%20coin | <p>No result for gold coin | /a?q=tea | <p>No result for tea",
                "/a | <p>prices <script>var a=1</script><p hidden>x | /b | <p>prices",
            })
    void isEqualForNearDuplicates(String path, String page, String otherPath, String otherPage) {
        assertThat(hash(path, page)).isEqualTo(hash(otherPath, otherPage));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "red shoes | blue shoes",
                "pay pay | pay",
                "支付 | 付款",
                "pay to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT | pay to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
            })
    void differsForOtherPages(String page, String otherPage) {
        assertThat(hash("/a", page)).isNotEqualTo(hash("/b", otherPage));
    }

    private static long hash(String path, String page) {
        HttpUrl url = HttpUrl.of("https://shop.example" + path);
        return NearDuplicateHash.of(
                url,
                new PageExtractor()
                        .extract(TestCaptures.of(url.toString(), "text/html", Map.of(), page))
                        .text()
                        .passages());
    }
}
