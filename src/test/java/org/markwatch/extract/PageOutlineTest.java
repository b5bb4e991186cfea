package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
}
