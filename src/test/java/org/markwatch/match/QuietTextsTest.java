package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.markwatch.extract.PassageList;
import org.markwatch.watchlist.Field;

class QuietTextsTest {
    private final QuietTexts quiet = new QuietTexts();

    private static PassageList passages(Field field, String... texts) {
        Pages page = Pages.page();
        for (String text : texts) {
            page.with(field, "p", text);
        }
        return page.build().passages();
    }

    @Test
    void knowsATextInItsFieldWhereverItStands() {
        quiet.add(quiet.hash(passages(Field.TEXT, "About us"), 1));

        assertThat(quiet.has(quiet.hash(passages(Field.TEXT, "Home", "About us"), 2)))
                .isTrue();
        assertThat(quiet.has(quiet.hash(passages(Field.IMAGE, "About us"), 1))).isFalse();
        assertThat(quiet.has(quiet.hash(passages(Field.TEXT, "About u"), 1))).isFalse();
    }

    @Test
    void tellsTextsOfAllLengthsApart() {
        Set<Long> hashes = new HashSet<>();
        for (int length = 1; length <= 40; length++) {
            hashes.add(quiet.hash(passages(Field.TEXT, "a".repeat(length)), 1));
            hashes.add(quiet.hash(passages(Field.TEXT, "a".repeat(length) + "b"), 1));
        }
        assertThat(hashes).hasSize(80).doesNotContain(0L);
    }

    /** So that nobody can write a text that is taken for another. */
    @Test
    void hashesTextsInAnotherWayInEachMatcher() {
        PassageList passages = passages(Field.TEXT, "About us");

        assertThat(quiet.hash(passages, 1)).isNotEqualTo(new QuietTexts().hash(passages, 1));
    }
}
