package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;

class PageOutlineTest {
    private static final byte[] PACKED = PageTextCodec.pack(PageTextCodec.encode(new PageText(
            HttpUrl.of("https://shop.example/"),
            "Shop",
            "en",
            List.of(
                    new Passage(Field.META, "secret-property", "Cheap memberships", 0, false),
                    new Passage(Field.OPEN_GRAPH, "og:title", "Members only", 0, false),
                    new Passage(Field.HEADING, "h1", "Plans", 0, false),
                    new Passage(Field.TEXT, "p", "not in the outline", 0, false),
                    new Passage(Field.FORM, "placeholder", "Card number", 0, false),
                    new Passage(Field.TEXT, "li", "extras", 0, true)),
            1)));

    @Test
    void listsMetadataHeadingsFormFieldsAndListItemsWithoutNamesOfProperties() {
        assertThat(PageOutline.of(PACKED, 10))
                .containsExactly(
                        new PageOutline.Line("meta", "Cheap memberships", false),
                        new PageOutline.Line("open graph", "Members only", false),
                        new PageOutline.Line("h1", "Plans", false),
                        new PageOutline.Line("form placeholder", "Card number", false),
                        new PageOutline.Line("list item", "extras", true));
        assertThat(PageOutline.of(PACKED, 2)).hasSize(2);
    }

    @Test
    void hasOnlyKindsThatTheConsoleNamesForPeople() throws IOException {
        PageText page = new PageExtractor().extract(TestCaptures.html("""
                <meta name=description content="Gift cards"><meta property=og:title content="Cards">
                <form name=pay id=pay class=pay action=/pay method=post>
                  <input name=card id=card autocomplete=cc-number placeholder=Card aria-label=Card aria-description=Number
                         title=Card value=4111>
                  <input type=password name=code><input type=radio name=kind value=gift>
                  <select name=bank><option label=First value=1></select><button formaction=/other>Pay</button>
                </form>
                <ul><li>extras</ul>""")).text();
        Set<String> named = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("src/main/resources/messages.properties"))) {
            named.add(line.split("=", 2)[0]);
        }

        assertThat(PageOutline.of(PageTextCodec.pack(PageTextCodec.encode(page)), 100))
                .hasSizeGreaterThan(14)
                .extracting(PageOutline.Line::kind)
                .allSatisfy(kind -> assertThat(named).contains("outline." + kind.replace(' ', '-')));
    }
}
