package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayingClausesTest {
    private static boolean isWayToPay(String text, boolean till) {
        int start = text.indexOf("PayPal");
        return PayingClauses.isWayToPay(text, start, start + "PayPal".length(), till);
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
                "Zadatek prosimy wysłać przez PayPal."
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
                "Juan pagó, en efectivo o PayPal.",
                "Shops say they take cash or PayPal."
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

    private static boolean followsAmount(String text) {
        return PayingClauses.followsAmount(text, text.indexOf("PayPal"));
    }
}
