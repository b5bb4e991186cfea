package org.markwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldingTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Visa", "VISA", "ＶＩＳＡ", "Vіsа", "VІЅА", "Vi\u00ADsa", "V\u200Bi\u200Csa", "𝗩𝗶𝘀𝗮", "𝓥𝓲𝓼𝓪",
                        "Ⓥⓘⓢⓐ",
                "🅅🄸🅂🄰", "🅥🅘🅢🅐", "ᴠɪꜱᴀ", "νisa", "ᏙᏆᏚᎪ", "ꓦꓲꓢꓮ", "V\u0336i\u0336s\u0336a\u0336", "ѵisa", "vısa",
                        "VİSA"
            })
    void seesVisaThroughDisguise(String disguised) {

        assertThat(Folding.fold(disguised)).as(disguised).isEqualTo("visa");
    }

    @ParameterizedTest
    @CsvSource({
        "Vísa, vísa",
        "CAFÉ, café",
        "cafe\u0301, café",
        "STRASSE, strasse",
        "Straße, strasse",
        "ﬁn, fin",
        "ﾋﾞｻﾞ, ビザ"
    })
    void keepsDiacriticsAndComposesThem(String text, String folded) {
        assertThat(Folding.fold(text)).isEqualTo(folded);
    }

    @Test
    void neverRewritesAscii() {
        for (char c = '!'; c < 0x7f; c++) {
            assertThat(Folding.fold(String.valueOf(c))).isEqualTo(String.valueOf(Character.toLowerCase(c)));
        }
    }

    @Test
    void takesRunsOfAnyWhiteSpaceForOneSpace() {
        assertThat(Folding.fold("gift\u00a0 \u3000\tcard")).isEqualTo("gift card");
    }

    /** A soft hyphen vanishes and costs the text its places, which must not change how the rest is read. */
    @ParameterizedTest
    @ValueSource(strings = {"We accept Visa, ΜasterCard и JCB.", "ＶＩＳＡ 支付  カード", "", "a", "Ünïcode, 100% of it"})
    void readsTheSameInPlaceAndWithPlacesKept(String text) {
        FoldedText inPlace = new FoldedText();
        inPlace.fold(text);
        FoldedText kept = new FoldedText();
        kept.fold(text + "\u00ad");

        assertThat(kept.toString()).isEqualTo(inPlace.toString());
        assertThat(kept.words().count).isEqualTo(inPlace.words().count);
        for (int w = 0; w < kept.words().count; w++) {
            assertThat(kept.words().hash(w)).isEqualTo(inPlace.words().hash(w));
        }
    }

    /** Every folded character must lead back to a piece of the original that folds to the same. */
    @Test
    void leadsBackToTheOriginal() {
        Random random = new Random(7);
        String[] pieces = {
            "a", "B", " ", "  ", "é", "e\u0301", "ß", "ﬁ", "ﷺ", "𝗩", "🎉", "\u200b", "\u00ad", "ビ", "ﾋ", "ﾞ", "Ж", "в",
            "ν", "\ud800", "V\u0336", "ก", "ำ", "\u0000", "½", "Ⅷ", "中"
        };
        FoldedText folded = new FoldedText();
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String source = text.toString();
            folded.fold(source);
            int before = 0;
            for (int i = 0; i < folded.length(); i++) {
                int start = folded.sourceStart(i);
                int end = folded.sourceEnd(i + 1);
                assertThat(start).as("%s at %d", source, i).isBetween(before, source.length() - 1);
                assertThat(end).isBetween(start + 1, source.length());
                before = start;
                if (folded.charAt(i) != ' ') {
                    FoldedText piece = new FoldedText();
                    piece.fold(source.substring(start, end));
                    assertThat(piece.toString()).as("%s at %d", source, i).contains(String.valueOf(folded.charAt(i)));
                }
            }
        }
    }
}
