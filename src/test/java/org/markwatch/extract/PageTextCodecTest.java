package org.markwatch.extract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;

class PageTextCodecTest {
    private static final PageText PAGE = new PageText(
            HttpUrl.of("https://shop.example/store?a=%20b"),
            "Tïtle \ud83c\udf89 \ufffd",
            "en-gb",
            List.of(
                    new Passage(Field.TITLE, "title", "Gift cards", 0, false),
                    new Passage(Field.TEXT, "p", "We accept Visa", 0, false),
                    new Passage(Field.TEXT, "p", "\u0000 and a whole pair \ud83c\udf89", 15, true),
                    new Passage(Field.IMAGE, "alt", "Visa", 0, false)),
            0x8123456789abcdefL);

    @Test
    void unpacksThePackedPage() {
        assertThat(PageTextCodec.unpack(packed(PAGE))).isEqualTo(PAGE);
    }

    @Test
    void unpacksShell() {
        PageText shell = new PageText(PAGE.url(), "", "", List.of(), 0, true);
        assertThat(PageTextCodec.unpack(packed(shell))).isEqualTo(shell);
    }

    @Test
    void unpacksTextThatEarlierReleasesKept() throws IOException {
        assertThat(PageTextCodec.unpack(PageTextCodec.pack(withFixedLengths(3))))
                .isEqualTo(PAGE);
        assertThat(PageTextCodec.unpack(PageTextCodec.pack(withFixedLengths(4))))
                .isEqualTo(PAGE);
    }

    private static byte[] withFixedLengths(int version) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(version);
        writeString(out, PAGE.url().toString());
        writeString(out, PAGE.title());
        writeString(out, PAGE.language());
        out.writeLong(PAGE.structure());
        if (version > 3) {
            out.writeByte(0);
        }
        out.writeInt(PAGE.passages().size());
        List<String> numbered = new ArrayList<>();
        for (Passage passage : PAGE.passages()) {
            int number = numbered.indexOf(passage.detail());
            out.writeShort(number);
            if (number < 0) {
                numbered.add(passage.detail());
                writeString(out, passage.field().name());
                writeString(out, passage.detail());
            }
            out.writeInt(passage.start());
            out.writeBoolean(passage.hidden());
            writeString(out, passage.text());
        }
        return bytes.toByteArray();
    }

    private static void writeString(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    @Test
    void unpacksLongText() {
        PageText page = new PageText(PAGE.url(), "\u20ac".repeat(100_000), "", List.of());
        assertThat(PageTextCodec.unpack(packed(page))).isEqualTo(page);
    }

    @Test
    void unpacksManyDetails() {
        List<Passage> passages = IntStream.range(0, 70_000)
                .mapToObj(i -> new Passage(Field.JSON_LD, "offers." + i % 69_000, "", i, false))
                .toList();
        PageText page = new PageText(PAGE.url(), "", "", passages);
        assertThat(PageTextCodec.unpack(packed(page))).isEqualTo(page);
    }

    @Test
    void encodesHiddenAndVisiblePassagesDifferently() {
        PageText other = new PageText(
                PAGE.url(),
                PAGE.title(),
                PAGE.language(),
                List.of(new Passage(Field.TEXT, "p", "We accept Visa", 0, true)));
        PageText another = new PageText(
                PAGE.url(),
                PAGE.title(),
                PAGE.language(),
                List.of(new Passage(Field.TEXT, "p", "We accept Visa", 0, false)));
        assertThat(PageTextCodec.encode(other)).isNotEqualTo(PageTextCodec.encode(another));
    }

    @Test
    void packsRepetitiveTextIntoLessThanHalf() {
        List<Passage> passages =
                List.of(new Passage(Field.TEXT, "p", "We accept cards and transfers. ".repeat(200), 0, false));
        byte[] encoded = PageTextCodec.encode(new PageText(PAGE.url(), "", "", passages));
        assertThat(PageTextCodec.pack(encoded)).hasSizeLessThan(encoded.length / 2);
    }

    @Test
    void rejectsDamagedOrForeignBytes() {
        assertThatThrownBy(() -> PageTextCodec.unpack(PageTextCodec.pack(new byte[] {9, 0, 0})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stored page text has format version 9; must be 3 to 5");
        assertThatThrownBy(() -> PageTextCodec.unpack(new byte[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PageTextCodec.unpack(new byte[] {0x7f, 0, 0, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "stored page text: 5 bytes declare a decompressed length of 2130706432 bytes, which is negative or too"
                                + " large");
        byte[] whole = packed(PAGE);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> PageTextCodec.unpack(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] packed(PageText page) {
        return PageTextCodec.pack(PageTextCodec.encode(page));
    }
}
