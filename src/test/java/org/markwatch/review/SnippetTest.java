package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.markwatch.review.Snippet.SnippetPart;
import org.markwatch.review.Snippet.SnippetPartKind;
import org.markwatch.url.HttpUrl;

class SnippetTest {
    @Test
    void masksTheWordsAroundAMatch() {
        Snippet snippet = Snippet.masked("we accept cards here", 3, 15, LiteralWords.of(List.of("accept cards")));

        assertThat(snippet.parts())
                .extracting(SnippetPart::kind)
                .containsExactly(SnippetPartKind.BAR, SnippetPartKind.MATCH, SnippetPartKind.BAR);
        assertThat(text(snippet).replace("\u2007", "")).isEqualTo("accept cards");
    }

    @Test
    void showsTheWholeTextWhenRevealed() {
        assertThat(text(Snippet.revealed("we accept cards here", 3, 15))).isEqualTo("we accept cards here");
        assertThat(Snippet.revealed("we accept", 3, 9).parts())
                .contains(new SnippetPart(SnippetPartKind.MATCH, "accept"));
    }

    @Test
    void clampsOffsetsToTheText() {
        assertThat(text(Snippet.revealed("abc", -4, 99))).isEqualTo("abc");
        assertThat(text(Snippet.masked("abc", 5, 2, LiteralWords.NONE))).isEqualTo("\u2007\u2007\u2007");
    }

    @Test
    void escapesCharactersThatHideOrReorderText() {
        assertThat(DisplayText.escape("a\u202Eb\u200Bc\u0007\tde\u0000"))
                .isEqualTo("a\u27E8U+202E\u27E9b\u27E8U+200B\u27E9c\u27E8U+0007\u27E9 de\u27E8U+0000\u27E9");
        assertThat(DisplayText.escape("日本語 สวัสดี é 🙂")).isEqualTo("日本語 สวัสดี é 🙂");
    }

    @Test
    void defangsUrls() {
        assertThat(Defanged.of(HttpUrl.of("https://shop.example:8443/a.b?c=d.e")))
                .hasToString("hxxps://shop[.]example[:]8443/a[.]b?c=d[.]e");
        assertThat(Defanged.of(HttpUrl.of("https://shop.example/?to=https://other.example/&u=HTTP%3A%2F%2Fx.example")))
                .hasToString("hxxps://shop[.]example/?to=hxxps[:]//other[.]example/&u=hxxP%3A%2F%2Fx[.]example");
        assertThat(Defanged.of(HttpUrl.of("http://shop.example/"))).hasToString("hxxp://shop[.]example");
    }

    @Test
    void defangsUrlsInsideRevealedText() {
        assertThat(text(Snippet.revealed("see https://shop.example/pay.html, www.x.example. Or 4.50", 0, 3)))
                .isEqualTo("see hxxps://shop[.]example/pay[.]html, www[.]x[.]example[.] Or 4.50");
    }

    private static String text(Snippet snippet) {
        return snippet.parts().stream().map(SnippetPart::text).collect(Collectors.joining());
    }
}
