package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.markwatch.extract.PageText;
import org.markwatch.match.Match.Kind;
import org.markwatch.match.Matcher;
import org.markwatch.match.Pages;
import org.markwatch.match.Watchlists;
import org.markwatch.watchlist.Lexicon;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.Watchlist;

class CompiledLexiconTest {
    private static final CompiledLexicon BOOK = CompiledLexicon.of(Lexicon.builtIn(), Set.of());

    private static Lexicon only(LexiconCategory meaning, String... entries) {
        Map<LexiconCategory, List<String>> wording = new EnumMap<>(LexiconCategory.class);
        wording.put(meaning, List.of(entries));
        return Lexicon.of(wording);
    }

    private static boolean claims(Lexicon wording, PageText page) {
        Watchlist plain = Watchlists.of(Watchlists.BRANDS, List.of());
        Watchlist worded = new Watchlist(
                plain.settings(),
                plain.seeds(),
                plain.brands(),
                plain.indicators(),
                plain.policy(),
                wording,
                plain.evidence(),
                plain.rulesetSha256(),
                null);
        return Matcher.compile(worded, Watchlists.TODAY).match(page).stream()
                .anyMatch(match -> match.kind() == Kind.ACCEPTANCE);
    }

    @Test
    void tellsAllLanguagesApartHoweverManyHaveEntries() {
        Map<String, Set<String>> entries = new LinkedHashMap<>();
        for (int number = 0; number < 70; number++) {
            entries.put("word" + number, Set.of(Locale.getISOLanguages()[number]));
        }
        WordingTrie trie =
                new WordingTrie(new Lexicon(Map.of(LexiconCategory.NOT, entries)), Set.of(LexiconCategory.NOT));
        Languages first = trie.scan("word0").languages(0);
        Languages last = trie.scan("word69").languages(0);

        assertThat(trie.languages()).isEqualTo(70);
        assertThat(last.meets(last)).isTrue();
        assertThat(last.meets(first)).isFalse();
        assertThat(WordingTrie.tellsLanguage(last)).isTrue();
    }

    @Test
    void tellsTextsOfTheSameHashApart() {
        WordingTrie trie = new WordingTrie(
                new Lexicon(Map.of(LexiconCategory.NOT, Map.of("aa", Set.of("en")))), Set.of(LexiconCategory.NOT));
        assertThat("Aa").hasSameHashCodeAs("BB");

        assertThat(trie.scan("Aa").size()).isEqualTo(1);
        assertThat(trie.scan("BB").size()).isZero();
        assertThat(trie.scan("Aa").size()).isEqualTo(1);
    }

    @Test
    void judgesByTheWordsOfItsWatchlist() {
        PageText page = Pages.page().text("Lipa na PayPal").build();

        assertThat(claims(Lexicon.builtIn(), page)).isFalse();
        assertThat(claims(only(LexiconCategory.ACCEPT_OWN, "lipa na {brand}"), page))
                .isTrue();
        assertThat(claims(only(LexiconCategory.ACCEPT_OWN, "{brand} lipa na"), page))
                .isFalse();
        assertThat(claims(
                        only(LexiconCategory.ACCEPT_OWN, "{brand} tunapokea"),
                        Pages.page().text("PayPal tunapokea").build()))
                .isTrue();
    }

    @Test
    void compilesTheSameEntriesOnce() {
        Set<LexiconCategory> grouped = Set.of(LexiconCategory.GIFT_CARD);
        CompiledLexicon more = CompiledLexicon.of(Lexicon.builtIn(), grouped);

        assertThat(CompiledLexicon.of(Lexicon.builtIn(), Set.of())).isSameAs(BOOK);
        assertThat(CompiledLexicon.of(Lexicon.builtIn(), grouped))
                .isSameAs(more)
                .isNotSameAs(BOOK);
        assertThat(CompiledLexicon.of(new Lexicon(Lexicon.builtIn().entries()), grouped))
                .isNotSameAs(more);
    }

    @Test
    void findsWordsOfScriptsWithoutSpacesInsideRuns() {
        assertThat(BOOK.has(LexiconCategory.PAYMENT_WORD, "クレジットカード決済")).isTrue();
        assertThat(BOOK.has(LexiconCategory.PAYMENT_WORD, "prepayments")).isFalse();
        assertThat(BOOK.has(LexiconCategory.PAYMENT_WORD, "")).isFalse();
    }

    @Test
    void readsNamesOfFieldsAsProgramsWriteThem() {
        assertThat(new PaymentWords(BOOK).asksForCard("otp_code")).isTrue();
        assertThat(new PaymentWords(BOOK).asksForCard("otp code")).isTrue();
        assertThat(new PaymentWords(BOOK).asksForCard("customer_card_number")).isTrue();
        assertThat(new PaymentWords(BOOK).asksForCard("spin")).isFalse();
    }

    @Test
    void tellsWordsFromExpressions() {
        assertThat(BOOK.trie.scan("PayPal is coming soon").has(LexiconCategory.SOON))
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BOOK.folded(LexiconCategory.SOON))
                .withMessage("SOON has expressions, no words");
    }
}
