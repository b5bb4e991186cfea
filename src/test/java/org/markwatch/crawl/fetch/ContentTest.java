package org.markwatch.crawl.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.content.BinaryDetector;
import org.markwatch.crawl.content.Charsets;
import org.markwatch.crawl.content.InlineData;
import org.markwatch.crawl.content.MediaTypes;
import org.markwatch.crawl.content.OneLine;
import org.markwatch.crawl.content.Signatures;
import org.markwatch.url.HttpUrl;

/** Detection of the content of bodies: signatures, charsets, embedded data, extensions. */
class ContentTest {
    @ParameterizedTest
    @CsvSource({
        "474946383961, IMAGE", // GIF89a
        "89504E470D0A1A0A, IMAGE",
        "FFD8FFE0, IMAGE",
        "524946463132333457454250565038, IMAGE", // RIFF….WEBPVP8
        "000000206674797061766966, IMAGE", // ftyp avif
        "000000206674797068656963, IMAGE", // ftyp heic
        "000000206674797069736F6D, VIDEO", // ftyp isom
        "49492A00, IMAGE",
        "4D4D002A, IMAGE",
        "49492B00, IMAGE", // large TIFF
        "00000100, IMAGE", // icon
        "00000200, IMAGE", // cursor
        "38425053 0001, IMAGE",
        "0000000C4A584C200D0A870A, IMAGE", // JPEG XL, boxed
        "FF0A00, IMAGE", // JPEG XL, bare
        "FF4FFF51, IMAGE", // JPEG 2000
        "50360A3220320A3235350A00, IMAGE", // portable pixmap
        "424D0001, IMAGE",
        "1A45DFA3, VIDEO",
        "464C5601, VIDEO",
        "000001BA, VIDEO",
        "3026B2758E66CF11, VIDEO",
        "524946463132333441564920, VIDEO", // RIFF….AVI
        "000000086D6F6F76, VIDEO", // moov without ftyp
        "464F524D3132333441494646, AUDIO", // FORM….AIFF
        "5249464631323334 57415645, AUDIO", // RIFF….WAVE
        "494433, AUDIO", // ID3
        "FFFB9000, AUDIO", // MPEG layer 3
        "4D54686400000006, AUDIO", // MIDI
        "2E736E6400, AUDIO",
        "664C614300, AUDIO",
        "00010000, FONT",
        "4F54544F00, FONT",
        "7474636600, FONT",
        "774F4646, FONT",
        "526172211A0700, ARCHIVE",
        "526172201A0700, ARCHIVE", // as in WHATWG MIME Sniffing section 6.5
        "377ABCAF271C, ARCHIVE",
        "FD377A585A00, ARCHIVE",
        "28B52FFD, ARCHIVE",
        "7F454C46, ARCHIVE",
        "4D5A9000, ARCHIVE",
        "0061736D, SCRIPT",
        "252150532D41646F62652D, DOCUMENT",
        "D0CF11E0A1B11AE1, DOCUMENT",
        "4F67675300, AUDIO",
        "774F4632, FONT",
        "504B0304, ARCHIVE",
        "1F8B08, ARCHIVE",
        "255044462D312E37, DOCUMENT",
        "01020304, OTHER_TYPE",
        // after padding
        "0000000089504E470D0A1A0A, IMAGE",
        "00200AFFD8FFE0, IMAGE",
        "0000000000000000000000206674797061766966, IMAGE",
        "0000424D0001, IMAGE"
    })
    void detectsKindBySignature(String hex, Disposition.RefusalKind kind) {
        byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(kind(body)).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!doctype html>",
                "BMW prices",
                "MZ is a code",
                "plain words",
                "",
                "<html><svg></svg>",
                "CWS prices",
                "GIF89a<!doctype html><p>prices",
                "%PDF-<html>prices",
                "!<arch>\n<!doctype html><p>prices",
                "PK\u0003\u0004<!doctype html><p>prices and plans, and how to pay by card or transfer, in instalments",
                "\u0000\u0000\u0001\u0000<!doctype html><p>prices and plans, and how to pay by card or transfer, at once",
                "abcdftypavif is a word",
                "moov 0123 is a word here",
                "P6 \nis a heading",
                "DDS prices",
                "BMW prices, and how to pay by card or transfer, in instalments or at once, with a stray \u0000 byte",
                "\u0000\u0000BMW prices, and how to pay by card or transfer, in instalments or at once, today",
                "<!--free--><p>prices and plans, and how to pay by card or transfer</p>\u0000",
                "a\u0000b and a long line of ordinary words about prices and plans and cards"
            })
    void detectsText(String start) {
        byte[] body = start.getBytes(UTF_8);
        assertThat(kind(body)).isNull();
    }

    private static Disposition.@Nullable RefusalKind kind(byte[] body) {
        return Signatures.nonTextKind(body, body.length, BinaryDetector.ofPage(null));
    }

    @Test
    void detectsUtf16AsText() {
        byte[] body = "\ufeff<p>prices</p>".getBytes(UTF_16LE);
        assertThat(kind(body)).isNull();
        assertThat(Charsets.detect(body, body.length, null, true)).isEqualTo(UTF_16LE);
    }

    @ParameterizedTest
    @CsvSource({
        "<meta charset=shift_jis>, windows-31j",
        "<meta charset=\"EUC-KR\">, x-windows-949",
        "<meta http-equiv=content-type content='text/html; charset=gb2312'>, GB18030",
        "<meta charset=tis-620>, x-windows-874",
        "<meta charset=utf-16>, UTF-8",
        "<?xml version='1.0' encoding='iso-8859-2'?>, ISO-8859-2",
        "<meta charset=no-such-set>, UTF-8",
        "<meta charset=''>, UTF-8",
        "<title>charset=big5</title>, UTF-8",
        "<!-- <meta charset=big5> --><meta charset=EUC-KR>, x-windows-949",
        "<meta name=description content='charset=big5'>, UTF-8",
        "<?xml version='1.0' encoding='iso-8859-2'?><meta charset=EUC-KR>, x-windows-949"
    })
    void readsCharsetFromMarkup(String markup, String charset) {
        byte[] body = markup.getBytes(ISO_8859_1);
        assertThat(Charsets.detect(body, body.length, null, true)).isEqualTo(Charset.forName(charset));
    }

    @Test
    void prefersByteOrderMarkToHeaderAndHeaderToMarkup() {
        byte[] body = "<meta charset=big5>".getBytes(ISO_8859_1);
        assertThat(Charsets.detect(body, body.length, "latin1", true)).isEqualTo(Charset.forName("windows-1252"));
        byte[] marked = "\ufeff<meta charset=big5>".getBytes(UTF_8);
        assertThat(Charsets.detect(marked, marked.length, "latin1", true)).isEqualTo(UTF_8);
        assertThat(Charsets.byteOrderMarkLength(marked, marked.length)).isEqualTo(3);
    }

    @Test
    void takesZeroBytesBeforeTagsForNoUtf16() {
        byte[] body = (" \0".repeat(490) + "<!doctype html><p>prices").getBytes(ISO_8859_1);
        assertThat(Charsets.detect(body, body.length, null, true)).isEqualTo(UTF_8);
    }

    @Test
    void fallsBackToWindows1252WhenBytesAreNotUtf8() {
        byte[] body = "cr\u00e9dit".getBytes(ISO_8859_1);
        assertThat(Charsets.detect(body, body.length, null, true)).isEqualTo(Charset.forName("windows-1252"));
    }

    @Test
    void detectsUtf8CutInsideCharacter() {
        byte[] body = "crédit €".getBytes(UTF_8);
        assertThat(Charsets.detect(body, body.length - 1, null, true)).isEqualTo(UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<img src=\"data:image/png;base64,iVBO Rw0K\"> | <img src=\"data:,\">",
                "<img src='data:image/svg+xml,<svg a=\"b\">'> | <img src='data:,'>",
                "a{background:url(data:image/gif;base64,R0lG)} | a{background:url(data:,)}",
                "<img src=DATA:image/png;base64,iVBO alt=x> | <img src=data:, alt=x>",
                "Personal data: name, street | Personal data: name, street",
                "metadata:a/b,c | metadata:a/b,c",
                "data:,hello | data:,hello",
                "<!-- \"data:image/png, --><p id=\"a\"> | <!-- \"data:, --><p id=\"a\">",
                "<!-- (data:image/png, --><p>(a) | <!-- (data:, --><p>(a)",
                "<!--data:image/png,x--><p> | <!--data:,--><p>",
                "<script>'data:a/b,</script><b id='a'> | <script>'data:,</script><b id='a'>",
                "<b id=\"data:a/b,<svg><p>x</p></svg>\"> | <b id=\"data:,\">",
                "no data at all | no data at all"
            })
    void removesDataUris(String markup, String text) {
        assertThat(InlineData.cutOut(markup)).isEqualTo(text);
    }

    @Test
    void removesLongBase64() {
        String run = "iVBORw0KGgo".repeat(100);
        assertThat(InlineData.cutOut("var a='" + run + "';" + "A".repeat(400)))
                .isEqualTo("var a='';" + "A".repeat(400));
    }

    @Test
    void returnsSameObjectWithoutDataUris() {
        String text = "<p>data protection and database</p>";
        assertThat(InlineData.cutOut(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "/a.jpg, IMAGE",
        "/a.JPEG;v=1, IMAGE",
        "/a.webp/, IMAGE",
        "/a.mp4, VIDEO",
        "/a.woff2, FONT",
        "/a.tar.gz, ARCHIVE",
        "/app.js, SCRIPT",
        "/a.css, STYLE",
        "/terms.pdf, DOCUMENT",
        "/a.html, ",
        "/a.php, ",
        "/jpg, ",
        "/v1.2/page, ",
        "/a?f=x.jpg, "
    })
    void detectsMediaByExtension(String path, Disposition.RefusalKind kind) {
        assertThat(MediaTypes.byExtension(HttpUrl.of("http://shop.example" + path)))
                .isEqualTo(kind);
    }

    @Test
    void parsesRetryAfter() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(RetryAfter.parse(" 120 ", now)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("Thu, 01 Jan 2026 00:00:30 GMT", now)).isEqualTo(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse("Wed, 31 Dec 2025 23:59:00 GMT", now)).isZero();
        assertThat(RetryAfter.parse("99999999999999", now)).as("at most a year").isEqualTo(Duration.ofDays(365));
        for (String value : Arrays.asList("", "-1", "soon")) {
            assertThat(RetryAfter.parse(value, now)).as(value).isNull();
        }
    }

    @Test
    void makesOneLineWithoutControlCharacters() {
        assertThat(OneLine.of("a\r\nb\u001b[31m\u202ec\u0000")).isEqualTo("a  b [31m c");
        assertThat(OneLine.of("x".repeat(1000))).hasSize(200);
    }
}
