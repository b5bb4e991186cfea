package org.markwatch.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP://Shop.Example | http://shop.example/",
                "http://shop.example:80/a | http://shop.example/a",
                "https://shop.example:443 | https://shop.example/",
                "https://shop.example:8443/ | https://shop.example:8443/",
                "http://shop.example./a | http://shop.example/a",
                "http://shop.example/a/./b/../c | http://shop.example/a/c",
                "http://shop.example/../../a | http://shop.example/a",
                "http://shop.example/a/%2e%2E/b | http://shop.example/b",
                "http://shop.example/a/.. | http://shop.example/",
                "http://shop.example/a/. | http://shop.example/a/",
                "http://shop.example/%7euser/%41 | http://shop.example/~user/A",
                "http://shop.example/a%2fb%3f | http://shop.example/a%2Fb%3F",
                "http://shop.example/100% | http://shop.example/100%25",
                "http://shop.example/a b | http://shop.example/a%20b",
                "http://shop.example/precio/año | http://shop.example/precio/a%C3%B1o",
                "http://shop.example/a?q=a b&c=[1] | http://shop.example/a?q=a%20b&c=[1]",
                "http://shop.example/a?b#top | http://shop.example/a?b",
                "http://shop.example/a? | http://shop.example/a",
                "http://user:secret@shop.example/a | http://shop.example/a",
                "http:\\\\shop.example\\a | http://shop.example/a",
                "http:///shop.example/a | http://shop.example/a",
                "https://bücher.example/ | https://xn--bcher-kva.example/",
                "http://XN--BCHER-KVA.example/ | http://xn--bcher-kva.example/",
                "http://XN--BCHER-KVA.example./ | http://xn--bcher-kva.example/",
                "https://BÜCHER.example/ | https://xn--bcher-kva.example/",
                "https://b%C3%BCcher.example/ | https://xn--bcher-kva.example/",
                "https://bücher。example/ | https://xn--bcher-kva.example/",
                "https://faß.example/ | https://xn--fa-hia.example/",
                "https://www.FAß.example/ | https://www.xn--fa-hia.example/",
                "https://xn--fa-hia.example/ | https://xn--fa-hia.example/",
                "https://fass.example/ | https://fass.example/",
                "https://βόλος.example/ | https://xn--nxasmm1c.example/",
                "https://xn--nxasmm1c.example/ | https://xn--nxasmm1c.example/",
                "https://βόλοσ.example/ | https://xn--nxasmq6b.example/",
                "https://शर्‍मा.example/ | https://xn--r2bdr8azew25p.example/",
                "https://例え.テスト/ | https://xn--r8jz45g.xn--zckzah/",
                "http://0x7f.1/ | http://127.0.0.1/",
                "http://0177.0.0.01/ | http://127.0.0.1/",
                "http://2130706433/ | http://127.0.0.1/",
                "http://127.1/ | http://127.0.0.1/",
                "http://１２７.０.０.１/ | http://127.0.0.1/",
                "http://%31%32%37.0.0.1/ | http://127.0.0.1/",
                "http://[::1]/ | http://[::1]/",
                "http://[0:0:1:0:0:0:0:0]/ | http://[0:0:1::]/",
                "http://[1:0:0:2:0:0:0:3]/ | http://[1:0:0:2::3]/",
                "http://[2001:DB8::1:0:0:1]/ | http://[2001:db8::1:0:0:1]/",
                "http://[1:2:3:4:5:6:7:0]/ | http://[1:2:3:4:5:6:7:0]/",
                "http://[::ffff:127.0.0.1]/ | http://127.0.0.1/",
                "http://shop_x.example/ | http://shop_x.example/",
                "http://_dmarc.Shop_X.example:8080/a | http://_dmarc.shop_x.example:8080/a",
                "http://-a.b-.example/ | http://-a.b-.example/",
                "http://bücher_x.example/ | http://xn--bcher_x-n2a.example/",
                "http://a!$&'()*+,;=~`{}.example/ | http://a!$&'()*+,;=~`{}.example/",
                "http://1.2.3/ | http://1.2.0.3/",
                "http://shop.example.1a/ | http://shop.example.1a/",
                "http:shop.example/a | http://shop.example/a"
            })
    void normalisesUrls(String written, String canonical) {
        assertThat(HttpUrl.parse(written)).map(HttpUrl::toString).contains(canonical);
    }

    @Test
    void removesTabsAndLineBreaks() {
        assertThat(HttpUrl.parse(" \thttp://shop.exa\nmple/a\r\nb ")).contains(HttpUrl.of("http://shop.example/ab"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "mailto:a@shop.example",
                "ftp://shop.example/",
                "http://",
                "http://sh op.example/",
                "http://shop.example:99999/",
                "http://shop.example:8o/",
                "http://1.2.3.4.5/",
                "http://256.1.1.1.1/",
                "http://1.2.3.999/",
                "http://a..b/",
                "http://[::1",
                "http://[gg::1]/",
                "http://[fe80::1%25eth0]/",
                "http://[1:2]/",
                "http://09.1/",
                "http://a%00b.example/",
                "http://a<b.example/",
                "http://a%25b.example/",
                "http://user@/",
                "file:///etc/hosts"
            })
    void rejectsInvalidUrls(String written) {
        assertThat(HttpUrl.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b | https://shop.example/x/b",
                "/b | https://shop.example/b",
                "../b | https://shop.example/b",
                "?c=2 | https://shop.example/x/page?c=2",
                "#top | https://shop.example/x/page?q=1",
                "//cdn.example/a | https://cdn.example/a",
                "https:b | https://shop.example/x/b",
                "https:/b | https://shop.example/b",
                "http:b | http://b/",
                "/\\cdn_x.example/a | https://cdn_x.example/a",
                "\\\\cdn.example\\a | https://cdn.example/a",
                "./ | https://shop.example/x/",
                "a:b | ",
            })
    void resolvesReferences(String reference, String expected) {
        HttpUrl base = HttpUrl.of("https://shop.example/x/page?q=1");
        assertThat(base.resolve(reference).map(HttpUrl::toString).orElse(null)).isEqualTo(expected);
    }

    @Test
    void canonicalFormIsCanonical() {
        String[] pieces = {
            "shop", ".", "example", "-", "_", "/", "/", "a", "B", "%41", "%2f", "~", "?", "#", "'", "[", "]", ":",
            ":80", "@", "0x1", "7", ";", "/..", "=", "&", "café", "\\", "%", "\t"
        };
        Random random = new Random(1);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(8) == 0 ? "HTTP://" : "https://");
            for (int n = 1 + random.nextInt(12); n > 0; n--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            HttpUrl url = HttpUrl.parse(text.toString()).orElse(null);
            if (url != null) {
                valid++;
                assertThat(HttpUrl.of(url.toString())).as(text.toString()).isEqualTo(url);
                assertThat(HttpUrl.of(url.toString()).host())
                        .as(text.toString())
                        .isEqualTo(url.host());
                assertThat(url.origin() + url.pathAndQuery()).isEqualTo(url.toString());
            }
        }
        assertThat(valid).isGreaterThan(1_000);
    }

    @Test
    void hasParts() {
        HttpUrl url = HttpUrl.of("https://user@Shop_X.example:8443/a/b?c=d#e");

        assertThat(url.scheme()).isEqualTo("https");
        assertThat(url.host()).isEqualTo("shop_x.example");
        assertThat(url.port()).isEqualTo(8443);
        assertThat(url.origin()).isEqualTo("https://shop_x.example:8443");
        assertThat(url.path()).isEqualTo("/a/b");
        assertThat(url.query()).isEqualTo("c=d");
        assertThat(url.pathAndQuery()).isEqualTo("/a/b?c=d");
        assertThat(HttpUrl.of("http://[::1]/").host()).isEqualTo("[::1]");
        assertThat(HttpUrl.of("http://[::1]/").port()).isEqualTo(80);
        assertThat(HttpUrl.of("https://shop.example").query()).isNull();
    }

    @Test
    void leavesCanonicalUrlUnchanged() {
        for (String url :
                new String[] {"http://shop.example/a%2Fb?x=%5B1%5D&y=~", "https://xn--bcher-kva.example/%E2%82%AC"}) {
            assertThat(HttpUrl.parse(url)).map(HttpUrl::toString).contains(url);
        }
    }
}
