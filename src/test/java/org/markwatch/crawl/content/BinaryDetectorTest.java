package org.markwatch.crawl.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which bodies are text with stray control bytes, and which are binary. */
class BinaryDetectorTest {
    private static final String ENGLISH = "<p>Prices and plans, and how to pay: by card or transfer.</p>\n";
    private static final String RUSSIAN = "<p>Цены и тарифы, и как платить: картой или переводом.</p>\n";
    private static final String JAPANESE = "<p>料金プランとお支払い方法:カードまたは振込。</p>\n";

    private static Stream<byte[]> pages() {
        return Stream.of(
                ENGLISH.repeat(200).getBytes(UTF_8),
                RUSSIAN.repeat(200).getBytes(UTF_8),
                RUSSIAN.repeat(200).getBytes(Charset.forName("windows-1251")),
                JAPANESE.repeat(200).getBytes(UTF_8),
                JAPANESE.repeat(200).getBytes(Charset.forName("windows-31j")),
                JAPANESE.repeat(200).getBytes(Charset.forName("EUC-JP")));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void readsPageWithTrailingControlBytes(byte[] page) throws IOException {
        assertText(concat(page, new byte[64]));
        assertText(concat(page, new byte[300]));
        assertText(concat(page, controlBytes(64)));
        assertText(concat(Arrays.copyOf(page, 200), new byte[64]));
        assertText(concat(Arrays.copyOf(page, 1_400), new byte[64]));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void readsPageWithLeadingControlBytes(byte[] page) throws IOException {
        assertText(concat(new byte[64], page));
        assertText(concat(new byte[300], page));
        assertText(concat(controlBytes(64), page));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void readsPageWithZeroByteInEachWord(byte[] page) throws IOException {
        byte[] part = spread(Arrays.copyOf(page, 2_000), new byte[300]);
        assertText(concat(page, part, page));
        assertText(concat(part, page));
        assertText(part);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void readsPageWithThreeInHundredZeroBytes(byte[] page) throws IOException {
        byte[] longer = concat(page, page, page, page);
        assertText(spread(longer, new byte[longer.length * 3 / 100]));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void readsPageWithHundredDifferentControlBytesSpread(byte[] page) throws IOException {
        assertText(spread(page, controlBytes(100)));
    }

    @Test
    void readsUtf8PageWithManyDifferentControlBytes() throws IOException {
        byte[] page = RUSSIAN.repeat(200).getBytes(UTF_8);
        assertText(concat(page, controlBytes(400)));
        String words = new String(controlBytes(300), ISO_8859_1).replaceAll("", "Ж");
        assertText(concat(page, words.getBytes(UTF_8), page));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void refusesPageWithMoreThanFewPerCentOfControlBytes(byte[] page) throws IOException {
        assertBinary(spread(page, new byte[page.length / 15]), 2 * page.length);
        assertBinary(concat(page, new byte[page.length / 10]), 2 * page.length);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void refusesPictureBehindText(byte[] page) throws IOException {
        for (int length : new int[] {1, 200, 1_400, 1_445, 1_446, 3_000, page.length}) {
            byte[] text = Arrays.copyOf(page, length);
            assertBinary(concat(text, picture(20_000)), length + 2 * BinaryDetector.WINDOW_BYTES);
            assertBinary(concat(text, new byte[300], picture(20_000)), length + 300 + 2 * BinaryDetector.WINDOW_BYTES);
        }
        assertBinary(concat(page, picture(1_000)), page.length + 1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 64, 500, 511, 512, 513, 1_444, 1_445, 5_000})
    void refusesPictureBehindZeroBytes(int zeros) throws IOException {
        assertBinary(concat(new byte[zeros], picture(20_000)), Signatures.HEADER_BYTES);
        assertBinary(
                concat(ENGLISH.getBytes(UTF_8), new byte[zeros], picture(20_000)),
                ENGLISH.length() + zeros + 2 * BinaryDetector.WINDOW_BYTES);
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "50, 50", "300, 300", "1000, 1000", "3000, 1000", "2000, 500", "400, 100"})
    void refusesPictureMixedWithText(int textBytes, int pictureBytes) throws IOException {
        byte[] page = ENGLISH.repeat(2_000).getBytes(UTF_8);
        byte[] picture = picture(40_000);
        ByteArrayOutputStream mixed = new ByteArrayOutputStream();
        for (int n = 0; (n + 1) * pictureBytes <= picture.length && (n + 1) * textBytes <= page.length; n++) {
            mixed.write(page, n * textBytes, textBytes);
            mixed.write(picture, n * pictureBytes, pictureBytes);
        }
        assertBinary(mixed.toByteArray(), 20_000);
    }

    /** Lines of grey values without compression. */
    @Test
    void refusesUncompressedPicture() throws IOException {
        byte[] dark = new byte[20_000];
        byte[] blank = new byte[20_000];
        for (int i = 0; i < dark.length; i++) {
            dark[i] = (byte) (i % 97 / 2);
        }
        for (byte[] picture : new byte[][] {dark, blank}) {
            assertBinary(picture, Signatures.HEADER_BYTES);
            assertBinary(concat(ENGLISH.repeat(50).getBytes(UTF_8), picture), 50 * ENGLISH.length() + 2_048);
        }
    }

    @Test
    void refusesSmallBinaryBody() throws IOException {
        assertBinary(new byte[] {1, 2, 3, 4}, 4);
        assertBinary(new byte[60], 60);
        assertBinary(Arrays.copyOfRange(picture(1_000), 16, 700), 684);
    }

    @ParameterizedTest
    @ValueSource(strings = {ENGLISH, RUSSIAN, JAPANESE})
    void readsUtf16(String text) throws IOException {
        String page = text.repeat(200);
        assertText(("\uFEFF" + page).getBytes(UTF_16LE));
        assertText(("\uFEFF" + page).getBytes(UTF_16BE));
        assertThat(read(page.getBytes(UTF_16LE), "utf-16le").nonTextKind()).isNull();
        assertThat(read(page.getBytes(UTF_16BE), "UTF-16BE").nonTextKind()).isNull();
        String rare = "\uFEFF" + page + "\uE000\0\uD800\uD83D\uDE00".repeat(10);
        assertText(rare.getBytes(UTF_16LE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-32BE", "UTF-32LE"})
    void readsUtf32(String charset) throws IOException {
        for (String text : new String[] {ENGLISH, RUSSIAN, JAPANESE}) {
            String page = text.repeat(100);
            assertText(("\uFEFF" + page).getBytes(Charset.forName(charset)));
            assertText(page.getBytes(Charset.forName(charset)));
        }
    }

    @Test
    void readsLatinTextInUndeclaredUtf16() throws IOException {
        assertText(ENGLISH.repeat(100).getBytes(UTF_16LE));
        assertText(ENGLISH.repeat(100).getBytes(UTF_16BE));
    }

    @Test
    void refusesPictureBehindByteOrderMark() throws IOException {
        for (Charset charset : new Charset[] {UTF_16LE, UTF_16BE, Charset.forName("UTF-32BE")}) {
            assertBinary(concat("\uFEFF".getBytes(charset), picture(20_000)), 4_000);
            byte[] page = ("\uFEFF" + ENGLISH.repeat(40)).getBytes(charset);
            assertBinary(concat(page, picture(20_000)), page.length + 3 * BinaryDetector.WINDOW_BYTES);
        }
    }

    private static void assertText(byte[] body) throws IOException {
        Body read = read(body, null);
        assertThat(read.nonTextKind()).isNull();
        assertThat(read.length()).isEqualTo(body.length);
    }

    /** @param maxBytes most bytes that are read before the body is refused */
    private static void assertBinary(byte[] body, int maxBytes) throws IOException {
        Body read = read(body, null);
        assertThat(read.nonTextKind()).isNotNull();
        assertThat(read.length()).isLessThanOrEqualTo(Math.max(maxBytes, Signatures.HEADER_BYTES));
    }

    private static Body read(byte[] body, @Nullable String charset) throws IOException {
        return Body.read(
                new ByteArrayInputStream(body),
                "",
                1 << 20,
                BodyMemory.BufferBudget.UNLIMITED,
                () -> 0,
                BinaryDetector.ofPage(charset));
    }

    /** Returns bytes as those of a compressed picture, behind a PNG signature. */
    private static byte[] picture(int length) {
        byte[] picture = new byte[length];
        new Random(7).nextBytes(picture);
        byte[] head = "\u0089PNG\r\n\u001A\n\0\0\0\rIHDR".getBytes(ISO_8859_1);
        System.arraycopy(head, 0, picture, 0, head.length);
        return picture;
    }

    /** Returns all control characters that are not white space, in turn. */
    private static byte[] controlBytes(int length) {
        byte[] all = "\1\2\3\4\5\6\7\b\u000B\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015".getBytes(ISO_8859_1);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = all[i % all.length];
        }
        return bytes;
    }

    /** Returns a text with bytes inserted at equal distances. */
    private static byte[] spread(byte[] text, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int step = text.length / bytes.length;
        for (int i = 0; i < bytes.length; i++) {
            out.write(text, i * step, step);
            out.write(bytes[i]);
        }
        out.write(text, bytes.length * step, text.length - bytes.length * step);
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
