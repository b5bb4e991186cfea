package org.markwatch.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryTrieTest {
    private static EntryTrie<String> trie(String... entries) {
        EntryTrie.Builder<String> builder = new EntryTrie.Builder<>();
        for (String entry : entries) {
            builder.add(entry, entry);
        }
        return builder.build();
    }

    private static List<Tuple> spans(EntryTrie<String> trie, String text) {
        EntrySpans<String> spans = trie.scan(text);
        return IntStream.range(0, spans.size())
                .mapToObj(i -> tuple(spans.id(i), text.substring(spans.start(i), spans.end(i))))
                .toList();
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
        "zahl*, zahl2, false",
        "*karte, Kreditkarte, true",
        "*karte, Karte, true",
        "*karte, Kreditkarten, false",
        "*karte, kartekarte, true",
        "*kart*, x kreditkarten, true",
        "*kart*, kartkartkart1, false",
        "platn* kart*, platná kartou, true",
        "(credit|debit) cards?, a debit card, true",
        "(credit|debit) cards?, credit cardS, true",
        "(credit|debit) cards?, credits card, false",
        "pay(ment)?, payment, true",
        "don't, don’t, true",
        "don't, dont, false",
        "501.c, 501xc, false",
        "pay*, pay*, true",
        "pay* by, pay* by, false",
        "оплат*, ОПЛАТИТЬ, true",
        "支付, 请支付订单, true",
        "支付*, pay支付, true",
        "支*付, 支持银行付款, true",
        "ชำระ, กรุณาชำระเงิน, true",
        "भुगतान, भुगतानी, false",
        "भुगतान, भुगतान करें, true",
        "भुगतान*, भुगतानों से, true",
        "গ্রহণ*, গ্রহণের, true",
        "নেও\u09DFা, নেও\u09AF\u09BCা, true",
        "নেও\u09AF\u09BCা, নেও\u09DFা হয়, true",
        "ຊ\u0EB3ລະ, ການຊ\u0ECD\u0EB2ລະເງິນ, true",
        "to'lo*, toʻlov, true"
    })
    void findsEntryAsItIsWritten(String entry, String text, boolean found) {
        assertThat(trie(entry).scan(text).has(entry)).isEqualTo(found);
    }

    @ParameterizedTest
    @CsvSource({
        "gift card, gift c\u200Bard, true",
        "gift card, gift card\u00ADs, false",
        "gift card, gift card\u00AD!, true",
        "geschenkkarte*, Geschenk\u00ADkarten, true",
        "gift card, ｇｉｆｔ\u3000ＣＡＲＤ, false",
        "gift card, ｇｉｆｔ ＣＡＲＤ, true",
        "für, fu\u0308r, true",
        "fu\u0308r, für, true",
        "nao, na\u0303o, false",
        "card, c\u0336a\u0336r\u0336d\u0336, true",
        "card, 𝐜𝐚𝐫𝐝, true",
        "card, ⓒⓐⓡⓓ, true",
        "card, ᴄᴀʀᴅ, true",
        "office, oﬃce, true",
        "card, c\uDB40\uDC61ard, true",
        "gift card, gіft саrd, true",
        "оплата, oплaтa, true",
        "карта, кapтa, false",
        "карта, нужна кapтa, true",
        "κάρτα, κάρτα, true",
        "πληρωμή, πληρωμή, true",
        "y, Visa у нас, false",
        "а, a card, false",
        "но, НО, true",
        "не, Не Visa, true",
        "no, Nº 5, false",
        "no, № 5, false",
        "satın al, satın al, true",
        "کارت, کارت\u200Cها, true",
        "e-mail, e\u2011mail, true",
        "カード, ｶｰﾄﾞ, true",
        "paid, pa\uD83Did, false"
    })
    void readsDisguisedWords(String entry, String text, boolean found) {
        assertThat(trie(entry).scan(text).has(entry)).isEqualTo(found);
    }

    @Test
    void givesPlacesOfDisguisedWordsInTheOriginal() {
        EntryTrie<String> trie = trie("gift card", "für", "sold");

        assertThat(spans(trie, "\uFEFFa gift c\u200Bard fu\u0308r 𝐬𝐨𝐥𝐝 now"))
                .containsExactly(
                        tuple("gift card", "gift c\u200Bard"), tuple("für", "fu\u0308r"), tuple("sold", "𝐬𝐨𝐥𝐝"));
    }

    @Test
    void findsTheLongestEntryOfEachCategoryAtEachPlace() {
        EntryTrie<String> trie = new EntryTrie.Builder<String>()
                .add("ending", "last digits")
                .add("ending in", "last digits")
                .add("end*", "last digits")
                .add("ending", "end")
                .add("in", "place")
                .build();

        assertThat(spans(trie, "Visa ending in 4242, endings"))
                .containsExactly(
                        tuple("last digits", "ending in"),
                        tuple("end", "ending"),
                        tuple("place", "in"),
                        tuple("last digits", "endings"));
    }

    @Test
    void findsSpanOfCategoryBetweenPlaces() {
        EntryTrie<String> trie = trie("pay", "card", "by card");
        EntrySpans<String> spans = trie.scan("pay by card or pay");

        assertThat(spans.next("pay", 1, 18)).isEqualTo(spans.size() - 1);
        assertThat(spans.next("pay", 1, 17)).as("ends behind").isEqualTo(-1);
        assertThat(spans.start(spans.next("card", 0, 18))).isEqualTo(7);
        assertThat(spans.next("cash", 0, 18)).isEqualTo(-1);
        assertThat(spans.firstFrom(4)).isEqualTo(1);
        assertThat(spans.firstFrom(19)).isEqualTo(spans.size());
    }

    @Test
    void findsTheSameFromManyThreads() {
        String[] entries = {"pay* by", "*card*", "gift cards?", "支付", "(we )?accept"};
        String text = "We accept payment by gift cards, 请支付, creditcards payable by card ";
        List<Tuple> expected = spans(trie(entries), text);
        for (int round = 0; round < 50; round++) {
            EntryTrie<String> shared = trie(entries);

            assertThat(IntStream.range(0, 8).parallel().mapToObj(thread -> spans(shared, text)))
                    .allSatisfy(found -> assertThat(found).isEqualTo(expected));
        }
    }

    @Test
    void findsNothingWithoutEntries() {
        assertThat(trie().scan("anything").size()).isZero();
        assertThat(trie("*", "**").scan("anything * 支").size()).isZero();
    }

    /** Few letters, so that entries begin as others do and any letters reach across them. */
    @Test
    void findsWhatEachEntryAloneFinds() {
        Random random = new Random(11);
        String letters = "ab*c' 支付";
        for (int round = 0; round < 1500; round++) {
            List<String> entries = new ArrayList<>();
            for (int e = 1 + random.nextInt(6); e > 0; e--) {
                String entry = word(random, letters, 1 + random.nextInt(5)).strip();
                if (entry.chars().anyMatch(c -> c != '*')) {
                    entries.add(entry);
                }
            }
            String text = word(random, "abcab' ’1_支付", random.nextInt(20));
            EntrySpans<String> spans = trie(entries.toArray(String[]::new)).scan(text);
            for (String entry : entries) {
                EntrySpans<String> alone = trie(entry).scan(text);
                assertThat(places(spans, entry)).as("'%s' in '%s'", entry, text).isEqualTo(places(alone, entry));
            }
        }
    }

    private static String word(Random random, String letters, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    private static List<String> places(EntrySpans<String> spans, String entry) {
        return IntStream.range(0, spans.size())
                .filter(span -> spans.id(span).equals(entry))
                .mapToObj(span -> spans.start(span) + "-" + spans.end(span))
                .toList();
    }
}
