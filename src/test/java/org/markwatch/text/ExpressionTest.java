package org.markwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static boolean isIn(String text, String... entries) {
        boolean found = new Expression(List.of(entries)).isIn(text);
        assertThat(Pattern.compile(Expression.FLAGS + Expression.words(List.of(entries)))
                        .matcher(text)
                        .find())
                .as("as a part of a regular expression")
                .isEqualTo(found);
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "pay, We PAY you, true",
        "pay, paying, false",
        "pay, repay, false",
        "pay, pay_now, false",
        "zahl*, Zahlungsarten, true",
        "zahl*, zahl, true",
        "zahl*, bezahl, false",
        "*karte, Kreditkarte, true",
        "*karte, Karte, true",
        "*karte, Kreditkarten, false",
        "platn* kart*, platná kartou, true",
        "(credit|debit) cards?, a debit card, true",
        "(credit|debit) cards?, credit cardS, true",
        "(credit|debit) cards?, credits card, false",
        "pay(ment)?, payment, true",
        "don't, don’t, true",
        "don't, dont, false",
        "501.c, 501xc, false",
        "оплат*, ОПЛАТИТЬ, true",
        "支付, 请支付订单, true",
        "ชำระ, กรุณาชำระเงิน, true",
        "भुगतान, भुगतानी, false",
        "भुगतान, भुगतान करें, true"
    })
    void findsAnEntryAsItIsWritten(String entry, String text, boolean found) {
        assertThat(isIn(text, entry)).isEqualTo(found);
    }

    @Test
    void findsEachEntryOfATreeWhateverTheyShare() {
        String[] entries = {"pay", "pay by", "payable", "paid", "pagar", "支付", "支"};
        for (String entry : entries) {
            assertThat(isIn("x " + entry + " y", entries)).as(entry).isTrue();
        }
        assertThat(isIn("pays payab paidx pagars", entries)).isFalse();
    }

    @Test
    void findsTheLongestEntryAtAPlace() {
        Expression expression = new Expression(List.of("ending", "ending in", "end*"));

        assertThat(expression.next("Visa ending in 4242", 0, 19)).isEqualTo(new Expression.Span(5, 14));
        assertThat(expression.next("Visa ending 4242", 0, 16)).isEqualTo(new Expression.Span(5, 11));
        assertThat(expression.next("Visa ending in", 0, 9)).as("ends within").isNull();
    }

    @Test
    void isNowhereWithoutEntries() {
        assertThat(isIn("")).isFalse();
        assertThat(isIn("anything")).isFalse();
    }
}
