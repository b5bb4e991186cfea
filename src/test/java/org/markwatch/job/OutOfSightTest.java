package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.Capture;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.WatchlistReader;

/**
 * The shipped indicators of payment out of sight on pages of one sentence each, in 43 languages: sentences of
 * sellers for each indicator, and sentences that look alike. Most were written before the words of the lexicon.
 */
class OutOfSightTest {
    private static final Path SENTENCES = Path.of("src/test/resources/languages/out-of-sight.tsv");
    private static final List<String> INDICATORS = List.of(
            "voucher.code-handed-over",
            "voucher.bought-elsewhere",
            "hidden.account-told",
            "hidden.account-sent",
            "hidden.odd-payee",
            "hidden.cash-by-post",
            "transfer.picked-up",
            "crypto.address-told",
            "crypto.paid-for-less",
            "hidden.link-told",
            "hidden.price-told",
            "hidden.purpose-disguised",
            "hidden.no-way-back",
            "voucher.counted-as-money",
            "crypto.cheaper-than-bank",
            "crypto.nothing-else",
            "hidden.cards-refused",
            "hidden.friends-option",
            "hidden.banks-shut-out",
            "hidden.moves-on",
            "hidden.other-name-on-statement");
    /** Points from which a page of one sentence is queued. */
    private static final int QUEUED = 25;
    /** Sentences of an indicator, or of none, on which any of the indicators is found, in per cent. */
    private static final Map<String, Integer> FOUND = new TreeMap<>();
    /** Sentences of sellers on which an indicator is found. */
    private static final Map<String, Integer> OF_SELLERS = new TreeMap<>();
    /** Sentences that look alike on which an indicator is found. */
    private static final Map<String, Integer> OF_OTHERS = new TreeMap<>();
    /** Sentences that look alike and would queue a page. */
    private static final List<String> QUEUED_OTHERS = new ArrayList<>();

    @BeforeAll
    static void analyse() throws Exception {
        RulesetAnalyser rules =
                new RulesetAnalyser(WatchlistReader.read(Path.of("job-config")), LocalDate.of(2026, 11, 28));
        Map<String, Integer> sentences = new TreeMap<>();
        Map<String, Integer> found = new TreeMap<>();
        for (String row : Files.readAllLines(SENTENCES).stream().skip(1).toList()) {
            String[] cells = row.split("\t");
            Map<String, Integer> points = new TreeMap<>();
            rules.analyse(capture(cells[0], cells[2])).matches().stream()
                    .filter(match -> match.weight() > 0)
                    .forEach(match -> points.put(match.rule().split("@")[0], match.weight()));
            points.keySet().retainAll(INDICATORS);
            boolean seller = !cells[1].equals("none");
            points.keySet().forEach(one -> (seller ? OF_SELLERS : OF_OTHERS).merge(one, 1, Integer::sum));
            if (!seller && points.values().stream().mapToInt(Integer::intValue).sum() >= QUEUED) {
                QUEUED_OTHERS.add(cells[2]);
            }
            sentences.merge(cells[1], 1, Integer::sum);
            found.merge(cells[1], points.isEmpty() ? 0 : 1, Integer::sum);
        }
        sentences.forEach((indicator, all) -> FOUND.put(indicator, 100 * found.getOrDefault(indicator, 0) / all));
    }

    @Test
    void findsHowSellersSayEachInEveryLanguage() {
        assertThat(FOUND.get("voucher.code-handed-over")).isGreaterThanOrEqualTo(95);
        assertThat(FOUND.get("voucher.bought-elsewhere")).isGreaterThanOrEqualTo(86);
        assertThat(FOUND.get("hidden.account-told")).isGreaterThanOrEqualTo(96);
        assertThat(FOUND.get("hidden.odd-payee")).isGreaterThanOrEqualTo(86);
        assertThat(FOUND.get("hidden.cash-by-post")).isGreaterThanOrEqualTo(97);
        assertThat(FOUND.get("transfer.picked-up")).isGreaterThanOrEqualTo(98);
        assertThat(FOUND.get("crypto.address-told")).isGreaterThanOrEqualTo(96);
        assertThat(FOUND.get("crypto.paid-for-less")).isGreaterThanOrEqualTo(83);
        assertThat(FOUND.get("hidden.link-told")).isGreaterThanOrEqualTo(97);
        // a price that is told in private without a word of paying is often a quote
        assertThat(FOUND.get("hidden.price-told")).isGreaterThanOrEqualTo(70);
        assertThat(FOUND.get("crypto.nothing-else")).isGreaterThanOrEqualTo(51);
        assertThat(FOUND.get("hidden.banks-shut-out")).isGreaterThanOrEqualTo(45);
        assertThat(FOUND.get("hidden.moves-on")).isGreaterThanOrEqualTo(52);
        // fresh sentences name a shop and a place to see it in ever other words
        assertThat(FOUND.get("hidden.other-name-on-statement")).isGreaterThanOrEqualTo(84);
        assertThat(FOUND.get("hidden.no-way-back")).isGreaterThanOrEqualTo(92);
        assertThat(FOUND.get("hidden.purpose-disguised")).isGreaterThanOrEqualTo(79);
        // an option in quotation marks, "friends", is not read as what the page says
        assertThat(FOUND.get("hidden.friends-option")).isGreaterThanOrEqualTo(70);
    }

    @Test
    void findsEachIndicatorInSentencesOfSellers() {
        assertThat(OF_SELLERS.keySet()).containsExactlyInAnyOrderElementsOf(INDICATORS);
        assertThat(OF_SELLERS.get("voucher.counted-as-money")).isGreaterThanOrEqualTo(4);
        assertThat(OF_SELLERS.get("crypto.cheaper-than-bank")).isGreaterThanOrEqualTo(23);
        assertThat(OF_SELLERS.get("crypto.nothing-else")).isGreaterThanOrEqualTo(44);
        assertThat(OF_SELLERS.get("hidden.cards-refused")).isGreaterThanOrEqualTo(17);
    }

    @Test
    void queuesNoOwnVoucherInvoiceFeeBookingOrWarning() {
        assertThat(QUEUED_OTHERS).isEmpty();
    }

    @Test
    void findsOnlyThatBankDetailsAreSentByEmailInOrdinarySentences() {
        // guesthouses and clubs send them after a booking
        assertThat(OF_OTHERS.keySet()).isSubsetOf("hidden.account-sent");
        assertThat(OF_OTHERS.getOrDefault("hidden.account-sent", 0)).isLessThanOrEqualTo(37);
    }

    private static Capture capture(String language, String sentence) throws IOException {
        HttpUrl url = HttpUrl.of("https://shop.example/");
        String text = "<html lang=\"" + language + "\"><title>-</title><body><p>" + sentence.replace("<", "&lt;")
                + "</p></body></html>";
        return new Capture(
                url, url, List.of(url), 200, "text/html", "UTF-8", Map.of(), text, text.length(), false, Instant.EPOCH);
    }
}
