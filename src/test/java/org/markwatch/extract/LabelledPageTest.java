package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.markwatch.watchlist.Field;

/** Tests that the labelled set is consistent, and that extraction keeps a name of each labelled brand. */
class LabelledPageTest {
    private static final Set<String> LABELS =
            Set.of("acceptance", "logo", "impersonation", "lookalike-host", "asset", "mention", "none");

    /** Names of each brand on the pages of this set, letters only. This map is not used for detection. */
    private static final Map<String, String> BRAND_NAMES = Map.ofEntries(
            Map.entry("visa", "visa 维萨 วีซ่า ビザ 비자 виза فيزا ｖｉｓａ"),
            Map.entry(
                    "mastercard",
                    "mastercard mastercrd master visamc mc マスターカード 万事达 มาสเตอร์การ์ด 마스터카드 мастеркард ماستركارد"),
            Map.entry("american-express", "americanexpress amex アメリカンエキスプレス 아메리칸익스프레스"),
            Map.entry("paypal", "paypal"),
            Map.entry("discover", "discover"),
            Map.entry("jcb", "jcb ｊｃｂ"),
            Map.entry("unionpay", "unionpay 银联"),
            Map.entry("diners-club", "diners ダイナース"),
            Map.entry("maestro", "maestro"),
            Map.entry("apple-pay", "applepay"),
            Map.entry("google-pay", "googlepay gpay"),
            Map.entry("alipay", "alipay 支付宝"),
            Map.entry("western-union", "westernunion"),
            Map.entry("worldremit", "worldremit"),
            Map.entry("xoom", "xoom"),
            Map.entry("citi", "citi"),
            Map.entry("anz", "anz"),
            Map.entry("nab", "nab"),
            Map.entry("westpac", "westpac"),
            Map.entry("commonwealth-bank", "commonwealthbank"),
            Map.entry("standard-chartered", "standardchartered"));

    private final PageExtractor extractor = new PageExtractor();

    @Test
    void listsEveryPageOnce() throws IOException {
        try (Stream<Path> files = Files.list(LabelledPage.FOLDER)) {
            List<String> pages = files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("labels.tsv") && !name.equals("README.md"))
                    .toList();
            assertThat(LabelledPage.all()).extracting(LabelledPage::file).containsExactlyInAnyOrderElementsOf(pages);
        }
        assertThat(LabelledPage.all()).hasSizeGreaterThanOrEqualTo(150);
        assertThat(LabelledPage.all()).extracting(LabelledPage::url).doesNotHaveDuplicates();
    }

    @Test
    void usesKnownLabelsAndBrandIds() {
        for (LabelledPage page : LabelledPage.all()) {
            assertThat(page.label()).as(page.file()).isIn(LABELS);
            assertThat(BRAND_NAMES.keySet()).as(page.file()).containsAll(page.brands());
            assertThat(page.brands().isEmpty())
                    .as(page.file())
                    .isEqualTo(page.label().equals("none"));
        }
    }

    @Test
    void coversManyLanguagesAndCharsets() {
        Set<String> languages = LabelledPage.all().stream()
                .map(page -> extractor.extract(page.capture()).text().language())
                .map(language -> language.replaceAll("-.*", ""))
                .collect(Collectors.toSet());
        Set<String> charsets =
                LabelledPage.all().stream().map(page -> page.charset().name()).collect(Collectors.toSet());
        assertThat(languages).contains("en", "es", "th", "ja", "zh", "de", "fr", "pt", "ko", "ru");
        assertThat(charsets)
                .contains("UTF-8", "windows-31j", "GB18030", "windows-1252", "x-windows-874", "EUC-KR", "windows-1251");
    }

    @Test
    void extractsANameOfEveryLabelledBrand() {
        for (LabelledPage page : LabelledPage.all()) {
            if (page.file().startsWith("disguise-") || page.label().equals("lookalike-host")) {
                // The matcher, not the extractor, normalizes disguised and lookalike names.
                continue;
            }
            String read = extractor.extract(page.capture()).text().passages().stream()
                    .filter(passage -> passage.field() != Field.URL)
                    .map(passage -> letters(passage.text()))
                    .collect(Collectors.joining(" "));
            for (String brand : page.brands()) {
                assertThat(Stream.of(BRAND_NAMES.getOrDefault(brand, "").split(" "))
                                .anyMatch(read::contains))
                        .as("%s: %s in %s", page.file(), brand, read)
                        .isTrue();
            }
        }
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}]", "");
    }
}
