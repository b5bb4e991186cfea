package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.markwatch.watchlist.Field;

class PackedTextTest {
    private static final PageText PAGE = new PageText(
            URI.create("https://shop.example/store?a=%20b"),
            "Tïtle \ud83c\udf89 \ud83c",
            "en-gb",
            List.of(
                    new Passage(Field.TITLE, "title", "Gift cards", 0, false),
                    new Passage(Field.TEXT, "p", "We accept Visa", 0, false),
                    new Passage(Field.TEXT, "p", "\u0000 half a pair \ud83c", 15, true),
                    new Passage(Field.IMAGE, "alt", "Visa", 0, false)),
            0x8123456789abcdefL);

    @Test
    void givesBackWhatItPacked() {
        assertThat(PackedText.unpack(packed(PAGE))).isEqualTo(PAGE);
    }

    @Test
    void givesBackTextOfAnyLength() {
        PageText page = new PageText(PAGE.url(), "\u20ac".repeat(100_000), "", List.of());
        assertThat(PackedText.unpack(packed(page))).isEqualTo(page);
    }

    @Test
    void tellsEveryDifferenceApart() {
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
        assertThat(PackedText.plain(other)).isNotEqualTo(PackedText.plain(another));
    }

    @Test
    void packsWordingIntoLessThanHalf() {
        List<Passage> passages =
                List.of(new Passage(Field.TEXT, "p", "We accept cards and transfers. ".repeat(200), 0, false));
        byte[] plain = PackedText.plain(new PageText(PAGE.url(), "", "", passages));
        assertThat(PackedText.deflate(plain)).hasSizeLessThan(plain.length / 2);
    }

    @Test
    void refusesWhatItDidNotPack() {
        assertThatThrownBy(() -> PackedText.unpack(PackedText.deflate(new byte[] {9, 0, 0})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kept text has form 9; must be 1");
        assertThatThrownBy(() -> PackedText.unpack(new byte[] {1, 2, 3})).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] packed(PageText page) {
        return PackedText.deflate(PackedText.plain(page));
    }
}
