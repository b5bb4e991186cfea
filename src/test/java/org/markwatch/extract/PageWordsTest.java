package org.markwatch.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.url.HttpUrl;

class PageWordsTest {
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
    void hashIsEqualForNearDuplicates(String path, String page, String otherPath, String otherPage) {
        assertThat(hash(path, page)).isEqualTo(hash(otherPath, otherPage));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "red shoes | blue shoes",
                "pay pay | pay",
                "internationally | internationalise",
                "model AB12 | model CD12",
                "über uns | aber uns",
                "支付 | 付款",
                "pay to 1BoatSLRHtKNngkdXEeobR76b53LETtpyT | pay to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
            })
    void hashDiffersForOtherPages(String page, String otherPage) {
        assertThat(hash("/a", page)).isNotEqualTo(hash("/b", otherPage));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Pay by card today | PAY, by card!",
                "Pay by card today | by card today",
                "Pay by card today | card",
                "Größe wählen | größe WÄHLEN",
                "Internationally recognised cards | internationally recognised",
                "支付方式 | 方式",
                "Model AB12 | ab12",
            })
    void knowsRepetitions(String page, String text) {
        assertThat(repeats(page, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Pay by card today | pay by cash today",
                "Pay by card today | card by pay",
                "Pay by card today | cards",
                "Pay by card. We ship today | by card today",
                "支付方式 | 式方",
                "Internationally recognised | international",
            })
    void tellsOtherTextsFromRepetitions(String page, String text) {
        assertThat(repeats(page, text)).isFalse();
    }

    private static boolean repeats(String page, String text) {
        PageWords words = new PageWords(HttpUrl.of("https://shop.example/"));
        read(words, page);
        words.keep();
        read(words, text);
        return words.areRepeated();
    }

    private static void read(PageWords words, String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        words.read(text, Arrays.copyOf(utf8, utf8.length + Long.BYTES), 0, utf8.length);
    }

    private static long hash(String path, String page) {
        HttpUrl url = HttpUrl.of("https://shop.example" + path);
        return new PageExtractor()
                .extract(TestCaptures.of(url.toString(), "text/html", Map.of(), page))
                .nearDuplicateHash();
    }
}
