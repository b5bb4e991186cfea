package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.match.Watchlists;
import org.markwatch.review.Snippet.SnippetPart;
import org.markwatch.review.Snippet.SnippetPartKind;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Indicator.Type;

class RuleLiteralsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(?i)\\bpay(?:ment)? by.{0,40}voucher; pay ment by voucher",
                "mem(ber)?ships?; mem ber ship s",
                "colou?r [a-z]{3,9} \\w+ \\p{L}end; colo u r end",
                "gift[ -]?cards{1,2}; gift card s",
                "\\Qa.b\\E|\\x{41}zone; a b zone",
                "(?P<amount>\\d+) euro; euro",
                "[]x]secret\\.txt; secret txt",
                "[[:alpha:]]+ word; word",
                "broken[; broken",
                "end\\; end"
            })
    void takesTheWrittenWordsOfAnExpression(String regex, String words) {
        assertThat(LiteralWords.of(RegexLiterals.of(regex)).words()).containsExactlyInAnyOrder(words.split(" "));
    }

    @Test
    void masksWhatWildcardTook() {
        String text = "Members pay here with any old private sentence a voucher code";
        Snippet snippet = masked(indicator(Type.REGEX, "pay.{0,60}vouchers?"), text, "pay", "voucher");

        assertThat(shown(snippet)).isEqualTo("… pay … … … … … … … voucher …");
        assertThat(snippet.parts()).noneMatch(part -> part.text().contains("private"));
    }

    @Test
    void showsPhraseInAnyCaseAndWithDiacritics() {
        String text = "Jetzt ZÁHLEN mit Karte";

        assertThat(shown(masked(indicator(Type.PHRASE, "zahlen mit karte"), text, "ZÁHLEN", "Karte")))
                .isEqualTo("… ZÁHLEN mit Karte");
    }

    @Test
    void showsNamesOfMethods() {
        assertThat(shown(masked(indicator(Type.METHOD, "Bitcoin, BTC"), "secretly BTC", "BTC", "BTC")))
                .isEqualTo("… BTC");
    }

    @Test
    void showsWordsOfTheLexiconThatStandTogether() {
        Indicator rule = indicator(Type.TOGETHER, "gift-card + send-us");

        assertThat(shown(masked(rule, "gift card of Ann", "gift card of Ann", "gift card of Ann")))
                .startsWith("gift card");
    }

    @Test
    void showsWordThatIsJoinedFromWrittenParts() {
        Indicator rule = indicator(Type.REGEX, "mem(ber)?ships?");

        assertThat(shown(masked(rule, "Memberships", "Memberships", "Memberships")))
                .isEqualTo("Memberships");
        assertThat(shown(masked(rule, "members", "members", "members"))).isEqualTo("members");
        assertThat(shown(masked(rule, "remember", "remember", "remember"))).isEqualTo("…");
    }

    @Test
    void showsWrittenPartOfTextWithoutSpaces() {
        assertThat(shown(masked(indicator(Type.PHRASE, "支払い"), "秘密支払い方法", "秘", "法")))
                .isEqualTo("… 支払い …");
    }

    @Test
    void showsNamesOfBrandAndWordingOfAcceptance() {
        RuleLiterals literals = RuleLiterals.of(Watchlists.of(Watchlists.BRANDS, List.of()));
        String text = "We accept Visa amid Nobody";

        assertThat(shown(Snippet.masked(text, 3, text.length(), literals.wordsOf("brand:visa@acceptance-hidden"))))
                .isEqualTo("… accept Visa … …");
        assertThat(shown(Snippet.masked(text, 3, text.length(), literals.wordsOf("brand:visa@mention"))))
                .isEqualTo("… … Visa … …");
        assertThat(shown(Snippet.masked(text, 3, text.length(), literals.wordsOf("brand:other@mention"))))
                .isEqualTo("… … … … …");
    }

    @Test
    void showsNothingOfRestrictedAndOfUnknownRules() {
        Indicator open = indicator(Type.PHRASE, "secret words");
        Indicator restricted = new Indicator(
                open.id(),
                open.version(),
                open.type(),
                open.pattern(),
                open.group(),
                open.weight(),
                open.scope(),
                open.language(),
                open.state(),
                null,
                null,
                "",
                List.of(),
                List.of(),
                true);

        assertThat(shown(masked(restricted, "secret words", "secret", "words"))).isEqualTo("… …");
        assertThat(RuleLiterals.of(Watchlists.of(Watchlists.BRANDS, List.of(open)))
                        .wordsOf("rule@2"))
                .isEqualTo(LiteralWords.NONE);
    }

    private static Indicator indicator(Type type, String pattern) {
        return Watchlists.indicator("rule", type, pattern, "offer", 5);
    }

    private static Snippet masked(Indicator rule, String text, String first, String last) {
        LiteralWords words =
                RuleLiterals.of(Watchlists.of(Watchlists.BRANDS, List.of(rule))).wordsOf(rule.rule());
        return Snippet.masked(text, text.indexOf(first), text.lastIndexOf(last) + last.length(), words);
    }

    /** Returns what is shown, with an ellipsis for each bar. */
    private static String shown(Snippet snippet) {
        return snippet.parts().stream()
                .map(part -> part.kind() == SnippetPartKind.MATCH ? part.text() : bar(part))
                .collect(Collectors.joining(" "));
    }

    private static String bar(SnippetPart part) {
        assertThat(part.text()).matches("\u2007+");
        return "…";
    }
}
