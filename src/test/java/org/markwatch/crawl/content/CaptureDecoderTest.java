package org.markwatch.crawl.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.url.HttpUrl;

/** Tests decoding of saved pages. */
class CaptureDecoderTest {
    private static final HttpUrl URL = HttpUrl.of("https://shop.example/checkout");
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void detectsHtmlWithoutContentType() {
        Capture capture = decode("<!doctype html><title>Checkout</title>".getBytes(StandardCharsets.UTF_8));

        assertThat(capture.contentType()).isEqualTo("text/html");
        assertThat(capture.text()).contains("Checkout");
        assertThat(capture.finalUrl()).isEqualTo(URL);
        assertThat(capture.fetchedAt()).isEqualTo(AT);
        assertThat(capture.truncated()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "We accept <b>Visa</b> and PayPal., text/html",
        "Price list<br>One lantern: 12 EUR, text/html",
        "Lanterns <a href='/cart'>Cart</a>, text/html",
        "If a < b and b > c then a<c, text/plain",
        "Write to <shop@lantern.example>, text/plain",
        "We accept Visa and PayPal., text/plain"
    })
    void savedFragmentThatBeginsWithTextIsHtmlIfItHasTags(String text, String type) {
        assertThat(decode(text.getBytes(StandardCharsets.UTF_8)).contentType()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "<!doctype html><title>Checkout</title>, text/html",
        "We accept <b>Visa</b> and PayPal., text/html",
        "We accept Visa and PayPal., text/plain",
        "<urlset><url><loc>https://shop.example/a</loc></url></urlset>, application/xml"
    })
    void readsSavedUtf16AsItsType(String text, String type) {
        for (Charset set : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(decode(text.getBytes(set))).satisfies(saved -> {
                assertThat(saved.contentType()).isEqualTo(type);
                assertThat(saved.text()).isEqualTo(text);
            });
            assertThat(decode(('\uFEFF' + text).getBytes(set))).satisfies(saved -> {
                assertThat(saved.contentType()).isEqualTo(type);
                assertThat(saved.text()).isEqualTo(text);
            });
        }
    }

    @Test
    void usesCharacterSetDeclaredInMarkup() {
        byte[] bytes = "<meta charset=shift_jis><p>お支払い方法".getBytes(Charset.forName("windows-31j"));

        assertThat(decode(bytes).text()).endsWith("お支払い方法");
    }

    @Test
    void cutsEmbeddedDataOut() {
        String html = "<p style=\"background:url(data:image/png;base64,iVBORw0KGgo=)\">Pay by card</p>";

        assertThat(decode(html.getBytes(StandardCharsets.UTF_8)).text())
                .contains("url(data:,)")
                .doesNotContain("iVBOR")
                .contains("Pay by card");
    }

    @Test
    void refusesImage() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13};

        assertThat(CaptureDecoder.decode(URL, png, AT))
                .isInstanceOfSatisfying(
                        Disposition.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Disposition.RefusalKind.IMAGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='x'>",
                "\0<svg ",
                "<svg><title>Checkout</title><style>a{}</style></svg>",
                "\ufeff <?xml version='1.0'?><!-- x --><!DOCTYPE svg><SVG>"
            })
    void refusesDrawing(String markup) {
        assertThat(CaptureDecoder.decode(URL, markup.getBytes(StandardCharsets.UTF_8), AT))
                .isInstanceOfSatisfying(
                        Disposition.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Disposition.RefusalKind.IMAGE));
    }

    @ParameterizedTest
    @CsvSource({
        "<svg></svg><!doctype html><p>Checkout</p>, text/html",
        "<rss></rss><html><p>Checkout</p>, text/html",
        "<rss><channel><description><![CDATA[<p>Checkout</p>]]></description></channel></rss>, application/rss+xml",
        "<urlset></urlset><form><input></form>, text/html"
    })
    void readsHtmlBehindElementsOfXml(String markup, String type) {
        assertThat(decode(markup.getBytes(StandardCharsets.UTF_8)).contentType())
                .isEqualTo(type);
    }

    @Test
    void decodesEmptyFileToEmptyText() {
        assertThat(decode(new byte[0]).text()).isEmpty();
    }

    private static Capture decode(byte[] bytes) {
        Disposition fetch = CaptureDecoder.decode(URL, bytes, AT);
        assertThat(fetch).isInstanceOf(Disposition.Fetched.class);
        return ((Disposition.Fetched) fetch).capture();
    }
}
