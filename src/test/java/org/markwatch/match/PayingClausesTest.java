package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.watchlist.Lexicon;

class PayingClausesTest {
    private static final PayingClauses CLAUSES = new Phrasebook(Lexicon.builtIn()).clauses;

    private static boolean isWayToPay(String text, boolean till) {
        int start = text.indexOf("PayPal");
        return CLAUSES.isWayToPay(text, start, start + "PayPal".length(), till);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The balance is due in cash or by PayPal.",
                "La quota si può versare con bonifico, con PayPal o di persona.",
                "Płatność przelewem, BLIK-iem albo przez PayPal.",
                "Settle the rest on the day with PayPal.",
                "Bezahlen kann man mit Rechnung oder PayPal",
                "Vous pouvez régler le solde par PayPal",
                "I will send you a PayPal invoice.",
                "お支払いは銀行振込、PayPal",
                "The fee is charged to the PayPal account you gave when you joined.",
                "Verkkopankki, MobilePay ja PayPal.",
                "Zadatek prosimy wysłać przez PayPal.",
                "Der Terminal an der Hütte liest auch PayPal",
                "You can pay on the site. 1. By PayPal 2. By card",
                "Voit maksaa PayPal-, American Express- ja muilla korteilla.",
                "Možete platiti putem PayPal naloga.",
                "Можете да платите с PayPal акаунт",
                "Nach dem Absenden werden Sie zu PayPal weitergeleitet.",
                "Si vous choisissez cette option, vous serez redirigé vers PayPal."
            })
    void readsAClauseOfAPageWhereMoneyIsTaken(String text) {
        assertThat(isWayToPay(text, true)).as(text).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If you paid by bank transfer or PayPal, tell your bank.",
                "They paid in cash or by PayPal.",
                "Can I pay with PayPal?",
                "No cash, no PayPal.",
                "PayPal rose by two per cent.",
                "He withdrew cash. PayPal called.",
                "Users pay with PayPal more often.",
                "Users are redirected to PayPal.",
                "Juan pagó, en efectivo o PayPal.",
                "Shops say they take cash or PayPal.",
                "До этого туристы платили наличными или PayPal"
            })
    void leavesAloneWhatIsToldOfOthers(String text) {
        assertThat(isWayToPay(text, true)).as(text).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bayar lewat transfer bank atau PayPal",
                "Можно расплатиться наличными или PayPal",
                "Pay by bank transfer, cash or PayPal"
            })
    void asksForMoreWhereNothingElseIsKnown(String text) {
        assertThat(isWayToPay(text, false)).as(text).isTrue();
        assertThat(isWayToPay("cash or PayPal", false)).isFalse();
        assertThat(isWayToPay("Pay with PayPal", false)).isFalse();
    }

    @Test
    void tellsAnAmountThatIsAskedForFromOneThatWasSpent() {
        assertThat(followsAmount("Ticket: 25 USD via PayPal")).isTrue();
        assertThat(followsAmount("I paid 25 USD via PayPal")).isFalse();
        assertThat(followsAmount("Juan pagó 25 USD via PayPal")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We can take Visa but not, I'm afraid, PayPal",
                "Alle Karten außer PayPal",
                "Toutes les cartes sauf PayPal"
            })
    void knowsExceptions(String text) {
        assertThat(CLAUSES.isExcepted(text, 0, text.indexOf("PayPal"))).as(text).isTrue();
        assertThat(CLAUSES.isExcepted("Visa, Mastercard and PayPal", 4, 21)).isFalse();
    }

    @Test
    void countsNoFartherThanASentenceOrTheMostGoes() {
        String text = "Wir freuen uns. Wir nehmen PayPal. Bis bald";
        int at = text.indexOf("nehmen");
        assertThat(PayingClauses.sentenceLength(text, at, at + 6, 100)).isEqualTo(" Wir nehmen PayPal".length());
        assertThat(PayingClauses.sentenceLength("x".repeat(1_000), 500, 506, 100))
                .isBetween(101, 220);
    }

    @Test
    void tellsADenialFromAClaim() {
        assertThat(CLAUSES.isNegated("We do not accept", 10)).isTrue();
        assertThat(CLAUSES.isNegated("asked whether we accept", 14)).isTrue();
        assertThat(CLAUSES.isNegated("Sheriffs we accept", 9)).isFalse();
        assertThat(CLAUSES.isNegated("obsługiwane karty", 12)).isFalse();
        assertThat(CLAUSES.isNegated("normalmente aceptamos", 12)).isFalse();
    }

    @Test
    void knowsWhatIsOnlyAnnouncedOrPaidFor() {
        assertThat(CLAUSES.isAnnounced("PayPal coming soon")).isTrue();
        assertThat(CLAUSES.isAnnounced("PayPal")).isFalse();
        assertThat(CLAUSES.isAdvertisement("Advertisement: pay with PayPal")).isTrue();
        assertThat(CLAUSES.isAdvertisement("An advertisement of ours")).isFalse();
    }

    @Test
    void knowsDevicesByTheirStems() {
        for (String text :
                new String[] {"Our card reader", "das Kartenlesegerät", "Терминал", "bir makinemiz", "bisa gesek"}) {
            assertThat(CLAUSES.speaksOfDevice(text)).as(text).isTrue();
        }
        assertThat(CLAUSES.speaksOfDevice("a garden by the sea")).isFalse();
    }

    @Test
    void findsWhereMostTillsAreSpokenOf() {
        assertThat(CLAUSES.placesOfMost("In MOST shops, many taxis and most of them").stream())
                .containsExactly(3, 15);
        assertThat(CLAUSES.placesOfMost("\u307b\u3068\u3093\u3069\u306e\u5e97\u3067").stream())
                .containsExactly(0);
    }

    private static boolean followsAmount(String text) {
        int name = text.indexOf("PayPal");
        return PayingClauses.followsDigit(text, name) && CLAUSES.followsAmount(text, name);
    }
}
