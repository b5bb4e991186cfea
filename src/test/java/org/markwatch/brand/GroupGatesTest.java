package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.markwatch.watchlist.LexiconCategory.CARD_CODE;
import static org.markwatch.watchlist.LexiconCategory.COIN;
import static org.markwatch.watchlist.LexiconCategory.GIFT_CARD;
import static org.markwatch.watchlist.LexiconCategory.SEND_US;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.WordGroup;

class GroupGatesTest {
    private static final WordGroup CODE_SENT = new WordGroup(List.of(GIFT_CARD, CARD_CODE, SEND_US));
    private static final WordGroup COIN_SENT = new WordGroup(List.of(COIN, SEND_US));

    private static GroupGates gates(Map<LexiconCategory, Integer> costs) {
        return new GroupGates(
                List.of(CODE_SENT, COIN_SENT), category -> costs.getOrDefault(category, Integer.MAX_VALUE));
    }

    @Test
    void looksForTheCheapestCategoryOfEachGroup() {
        GroupGates gates = gates(Map.of(GIFT_CARD, 9, CARD_CODE, 2, SEND_US, 9, COIN, 3));

        assertThat(gates.of(CODE_SENT)).isEqualTo(CARD_CODE);
        assertThat(gates.of(COIN_SENT)).isEqualTo(COIN);
        assertThat(gates.all()).containsExactlyInAnyOrder(CARD_CODE, COIN);
    }

    @Test
    void looksForOneCategoryOfSeveralGroupsIfThatIsCheaperThanOneForEach() {
        assertThat(gates(Map.of(GIFT_CARD, 3, CARD_CODE, 4, SEND_US, 5, COIN, 3))
                        .all())
                .containsExactly(SEND_US);
    }

    @Test
    void costsMoreToLookInsideOfWordsOrForSignsThanForAnyNumberOfWords() {
        int words = new GroupWords(List.of("pay (a|b|c|d)", "payment*")).cost();

        assertThat(words).isEqualTo(6);
        assertThat(new GroupWords(List.of("*code")).cost()).isGreaterThan(100_000);
        assertThat(new GroupWords(List.of("\u20bf")).cost()).isGreaterThan(100_000);
        assertThat(new GroupWords(List.of("*\u0444\u043e\u0442\u043e")).cost()).isEqualTo(2);
    }
}
