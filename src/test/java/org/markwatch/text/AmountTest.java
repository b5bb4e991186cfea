package org.markwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    private static List<Amount> amounts(String text) {
        List<Amount> amounts = new ArrayList<>();
        for (Amount next = Amount.next(text, 0); next != null; next = Amount.next(text, next.end())) {
            amounts.add(next);
        }
        return amounts;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from $19.99 a month | $19.99 | 19.99 | USD",
                "US$ 12 | US$ 12 | 12 | USD",
                "only CA$12 | CA$12 | 12 | CAD",
                "5$ | 5$ | 5 | USD",
                "R$ 1.250,00 à vista | R$ 1.250,00 | 1250.00 | BRL",
                "Preis€ 5 | € 5 | 5 | EUR",
                "Java6,40 € | 6,40 € | 6.40 | EUR",
                "12 months$47.88 | $47.88 | 47.88 | USD",
                "für 1.234,50 € | 1.234,50 € | 1234.50 | EUR",
                "20,- € | 20,- € | 20 | EUR",
                "EUR 23 | EUR 23 | 23 | EUR",
                "USD5 | USD5 | 5 | USD",
                "22 euro | 22 euro | 22 | EUR",
                "CHF 1'500.- | CHF 1'500.- | 1500 | CHF",
                "1’500 CHF | 1’500 CHF | 1500 | CHF",
                "¥1,200 | ¥1,200 | 1200 | CNY",
                "1,200円から | 1,200円 | 1200 | JPY",
                "2万円 | 2万円 | 20000 | JPY",
                "５００円 | ５００円 | 500 | JPY",
                "售价99元起 | 99元 | 99 | CNY",
                "₩15,000 | ₩15,000 | 15000 | KRW",
                "15,000원을 | 15,000원 | 15000 | KRW",
                "2만원 | 2만원 | 20000 | KRW",
                "150.000₫ | 150.000₫ | 150000 | VND",
                "150.000đ/tháng | 150.000đ | 150000 | VND",
                "150 nghìn đồng | 150 nghìn đồng | 150000 | VND",
                "฿300 | ฿300 | 300 | THB",
                "ราคา 300บาทต่อคน | 300บาท | 300 | THB",
                "Rp 150.000 | Rp 150.000 | 150000 | IDR",
                "Rp. 150.000,- | Rp. 150.000,- | 150000 | IDR",
                "Rp150rb | Rp150rb | 150000 | IDR",
                "1,5 juta rupiah | 1,5 juta rupiah | 1500000 | IDR",
                "RM150.00 | RM150.00 | 150.00 | MYR",
                "Rs. 500 | Rs. 500 | 500 | INR",
                "₹1,50,000 | ₹1,50,000 | 150000 | INR",
                "1 500 ₽ | 1 500 ₽ | 1500 | RUB",
                "1\u00a0500\u00a0руб. | 1\u00a0500\u00a0руб | 1500 | RUB",
                "500 р. | 500 р | 500 | RUB",
                "5 тыс. рублей | 5 тыс. рублей | 5000 | RUB",
                "200 грн | 200 грн | 200 | UAH",
                "49,99 zł | 49,99 zł | 49.99 | PLN",
                "1\u202f290 Kč | 1\u202f290 Kč | 1290 | CZK",
                "1 299 kr | 1 299 kr | 1299 | SEK",
                "kr 1\u2009299,50 | kr 1\u2009299,50 | 1299.50 | NOK",
                "2024 kr. | 2024 kr | 2024 | DKK",
                "4 990 Ft | 4 990 Ft | 4990 | HUF",
                "99 lei | 99 lei | 99 | RON",
                "25 лв. | 25 лв | 25 | BGN",
                "₺150 | ₺150 | 150 | TRY",
                "150 TL | 150 TL | 150 | TRY",
                "150 TRY | 150 TRY | 150 | TRY",
                "PHP 1,500 | PHP 1,500 | 1500 | PHP",
                "0.50 GBP | 0.50 GBP | 0.50 | GBP",
                "1234567,89 EUR | 1234567,89 EUR | 1234567.89 | EUR",
            })
    void readsAmountAsItIsWritten(String text, String written, BigDecimal value, String currency) {
        assertThat(amounts(text)).singleElement().satisfies(amount -> {
            assertThat(text.substring(amount.start(), amount.end())).isEqualTo(written);
            assertThat(amount.value()).isEqualByComparingTo(value);
            assertThat(amount.currencies()).contains(currency);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024 kräver",
                "sedan 2024 Kroatien",
                "20 ft",
                "20 kg",
                "room 101, 1984",
                "20 people pay 30 each",
                "tel. +49 30 123456",
                "030 123 456 789",
                "1.2.2024 kr",
                "12.05.2024 €",
                "1.2.3 EUR",
                "TRY 3 DAYS FREE",
                "PHP 8.2",
                "try 300 times",
                "rm 205",
                "in 10 Sek fertig",
                "5 CAD files",
                "XY$ 5",
                "webpack-aed5a8c8",
                "1234567890123456 EUR",
                "5 rubber ducks",
                "mp3 €, p500 р",
                "5 đèn",
                "USD",
                "$",
            })
    void readsNothingThatIsOnlyLikeAnAmount(String text) {
        assertThat(amounts(text)).isEmpty();
    }

    @Test
    void givesEachCurrencyToOneNumber() {
        assertThat(amounts("5 € 10 € or from 5 $10, $4.99 $5 and 3 500 kr 20 kr"))
                .extracting(Amount::value)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(
                        new BigDecimal(5),
                        new BigDecimal(10),
                        new BigDecimal(10),
                        new BigDecimal("4.99"),
                        new BigDecimal(5),
                        new BigDecimal(3500),
                        new BigDecimal(20));
    }

    /** Each number once: read again up to the end of the run for each of them, this text would take an hour. */
    @ParameterizedTest
    @ValueSource(strings = {"", " eur", " and more"})
    @Timeout(60)
    void readsLongRunOfNumbersInBoundedTime(String end) {
        assertThat(amounts("1 2, ".repeat(200_000) + end)).isEmpty();
    }

    @Test
    void takesDollarSignForAnyDollar() {
        assertThat(amounts("$5").getFirst().currencies()).contains("USD", "AUD", "CAD");
        assertThat(amounts("US$5").getFirst().currencies()).isEqualTo(Set.of("USD"));
    }
}
