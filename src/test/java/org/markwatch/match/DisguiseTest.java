package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.match.Match.Kind;
import org.markwatch.text.Disguise;
import org.markwatch.text.FoldedText;
import org.markwatch.watchlist.Diacritics;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;

class DisguiseTest {
    private final Matcher matcher = Matcher.compile(
            Watchlists.of(
                    Watchlists.BRANDS,
                    List.of(Watchlists.indicator(
                            "crypto.pay", Indicator.Type.PHRASE, "pay with bitcoin", "crypto", 20))),
            Watchlists.TODAY);

    private List<Match> uses(String text) {
        return matcher
                .match(Pages.page()
                        .text("Add to basket, $5.00")
                        .with(Field.TEXT, "p", text)
                        .build())
                .stream()
                .filter(match -> match.brand() != null)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "We accept V I S A and P a y P a l; V I S A;           brand:visa@acceptance-spaced",
                "We accept v.i.s.a, p.a.y.p.a.l;    v.i.s.a;           brand:visa@acceptance-spaced",
                "We accept M-a-s-t-e-r-c-a-r-d;     M-a-s-t-e-r-c-a-r-d; brand:mastercard@acceptance-spaced",
                "We accept P4yP@l here;             P4yP@l;            brand:paypal@acceptance-leet",
                "We accept V1SA and M4sterc4rd;     V1SA;              brand:visa@acceptance-leet",
                "We accept PayPa1!;                 PayPa1;            brand:paypal@acceptance-leet",
                "We accept V\u2009I\u2009S\u2009A; V\u2009I\u2009S\u2009A; brand:visa@acceptance-spaced",
                "We accept V#I#S#A;                 V#I#S#A;           brand:visa@acceptance-spaced",
                "We accept Ｖ　ｉ　ｓ　ａ;           Ｖ　ｉ　ｓ　ａ;      brand:visa@acceptance-spaced",
                "We accept PàyPâl;                  PàyPâl;            brand:paypal@acceptance-accented",
                "We accept Pa\u0301yPa\u0302l;      Pa\u0301yPa\u0302l; brand:paypal@acceptance-accented",
                "We accept Vìṩa;                    Vìṩa;              brand:visa@acceptance-accented"
            })
    void readsDisguisedNameAtItsPlace(String text, String written, String rule) {
        assertThat(uses(text)).anySatisfy(match -> {
            assertThat(match.rule()).isEqualTo(rule);
            assertThat(match.text()).isEqualTo(written);
            assertThat(match.kind()).isEqualTo(Kind.ACCEPTANCE);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vitamins A B C D and E",
                "Part no. V15A-4, rack A4",
                "The U.S.A. and the U.K.",
                "Call M4-STER, the band",
                "Sizes S M L X",
                "i p a d stand",
                "v i s a",
                "M1crosoft and B4ck",
                "a v i s a o"
            })
    void staysQuietAtTraps(String text) {
        assertThat(uses(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We do n\u200bot accept PayPal",
                "We do ｎｏｔ accept PayPal",
                "We do no\u00adt accept PayPal",
                "PayPal neh\u00admen wir ni\u00adcht an",
                "Na\u0303o aceitamos PayPal"
            })
    void findsNoClaimWhereTheDenialIsDisguised(String text) {
        assertThat(uses(text)).noneMatch(match -> match.kind() == Kind.ACCEPTANCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You can pay us at the door with PayPal or cash",
                "You can p\u200bay us at the door with PayPal or c\u00adash",
                "You can раy us at the door with PayPal or cаsh"
            })
    void findsClaimWhoseWordingIsDisguised(String text) {
        assertThat(uses(text)).anyMatch(match -> match.kind() == Kind.ACCEPTANCE);
    }

    @Test
    void keepsDiacriticsWhereTheTeamWantsThem() {
        Watchlist plain = Watchlists.of(Watchlists.BRANDS, List.of());
        Settings.MatchingSettings kept = new Settings.MatchingSettings("", "", "", Diacritics.KEEP);
        Settings settings = new Settings(
                plain.settings().schedule(),
                plain.settings().crawl(),
                plain.settings().review(),
                plain.settings().retention(),
                kept,
                null,
                plain.settings().management(),
                plain.settings().notices());
        Watchlist keeping = new Watchlist(settings, List.of(), plain.brands(), List.of(), plain.policy(), "");

        assertThat(Matcher.compile(keeping, Watchlists.TODAY)
                        .match(Pages.page().text("We accept PàyPâl").build()))
                .filteredOn(match -> "paypal".equals(match.brand()))
                .isEmpty();
    }

    @Test
    void findsAPhraseWithoutItsDiacriticsOnlyWhereItIsWrittenSo() {
        Matcher phrases = Matcher.compile(
                Watchlists.of(
                        List.of(),
                        List.of(
                                Watchlists.indicator("es.movil", Indicator.Type.PHRASE, "pago movil", "checkout", 10),
                                Watchlists.indicator("es.credito", Indicator.Type.PHRASE, "crédito", "checkout", 10))),
                Watchlists.TODAY);

        assertThat(phrases.match(Pages.page().text("Pago móvil y credito").build()))
                .extracting(Match::rule, Match::weight)
                .containsExactly(tuple("es.movil@1-accented", 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"We accept P4yP@l", "We accept PayPal"})
    void givesADisguisedClaimTheFullPoints(String text) {
        assertThat(uses(text))
                .filteredOn(match -> match.kind() == Kind.ACCEPTANCE)
                .extracting(Match::weight)
                .containsExactly(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pay with Bitcoin", "Pay with B1tco1n", "Pay with B\u200bitcoin"})
    void givesADisguisedIndicatorTheFullPoints(String text) {
        assertThat(matcher.match(Pages.page().text(text).build()))
                .filteredOn(match -> match.kind() == Kind.INDICATOR)
                .extracting(Match::text, Match::weight)
                .containsExactly(tuple(text, 20));
    }

    @Test
    void reportsHiddenNameByItself() {
        assertThat(matcher.match(Pages.page().hidden("We accept PayPal").build()))
                .extracting(Match::rule, Match::weight)
                .contains(tuple("brand:paypal@acceptance-hidden", 15));
    }

    @Test
    void givesAHiddenIndicatorTheFullPoints() {
        assertThat(matcher.match(Pages.page().hidden("Pay with Bitcoin").build()))
                .filteredOn(match -> match.kind() == Kind.INDICATOR)
                .extracting(Match::rule, Match::weight)
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.toList().getFirst().toString()).endsWith("-hidden");
                    assertThat(one.toList().getLast()).isEqualTo(20);
                });
    }

    /** The quick look at a text must not miss what the close one finds. */
    @Test
    void looksCloselyAtEveryTextThatHasAReading() {
        Random random = new Random(4);
        String pieces = "ab VISA4@$!|1.-,é";
        FoldedText folded = new FoldedText();
        int readings = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(round % 4 == 0 ? 200 : 24); n >= 0; n--) {
                text.append(pieces.charAt(random.nextInt(pieces.length())));
            }
            folded.fold(text.toString());
            // of folded letters, as the words of phrases are
            Disguise.Vocabulary some = round % 2 == 0
                    ? Disguise.Vocabulary.ANY
                    : (word, length) -> length % 3 == 0 && Character.toLowerCase(word[0]) == 'a';
            boolean has = !Disguise.of(text.toString(), some, some).isEmpty();
            readings += has ? 1 : 0;

            assertThat(Disguise.isPossible(folded, some) || !has).as("%s", text).isTrue();
        }
        assertThat(readings).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"We accept Visa, 3 cards at $5.00 or 10% off in 2026-11-25", "I have a card.", ""})
    void doesNotLookCloselyAtPlainText(String text) {
        FoldedText folded = new FoldedText();
        folded.fold(text);

        assertThat(Disguise.isPossible(folded, Disguise.Vocabulary.ANY)).isFalse();
    }

    @Test
    void makesNoReadingOfPlainText() {
        assertThat(Disguise.of(
                        "We accept Visa, 3 cards at $5.00 or 10% off in 2026",
                        Disguise.Vocabulary.ANY, Disguise.Vocabulary.ANY))
                .isEmpty();
    }
}
