package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptIdentifiersTest {
    private static List<String> identifiers(String script) {
        List<String> found = new ArrayList<>();
        ScriptIdentifiers.scan(new ScriptKeywords(script), (kind, value) -> found.add(kind + " " + value));
        return found;
    }

    /** Snippets from the providers' documentation, and URLs of their scripts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "gtag('js', new Date()); gtag('config', 'G-1A2B3C4D5E'); | ga4 G-1A2B3C4D5E",
                "https://www.googletagmanager.com/gtag/js?id=G-1A2B3C4D5E | ga4 G-1A2B3C4D5E",
                "ga('create', \"UA-123456-7\", 'auto'); | universal-analytics UA-123456-7",
                "(window,document,'script','dataLayer','GTM-ABC12DE'); | tag-manager GTM-ABC12DE",
                "https://www.googletagmanager.com/ns.html?id=GTM-ABC12DE | tag-manager GTM-ABC12DE",
                "ym(12345678, \"init\", {clickmap:true}); | yandex-metrica 12345678",
                "var u=\"//stats.example/\"; _paq.push(['setTrackerUrl', u+'m.php']); _paq.push(['setSiteId', '3']); |"
                        + " matomo stats.example/3",
                "document.cookie = \"cart_id=\" + id + \"; path=/\"; | cookie cart_id",
                "document.cookie='seen=1' | cookie seen",
            })
    void findsIdsInSnippetsOfProviders(String script, String expected) {
        assertThat(identifiers(script)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'G-FORCE' and 'BIG-1A2B3C4D5E' and G-1A2B3C4D5E",
                "'G-1a2b3c4d5e'",
                "'G-1A2B3C4D5E6F7G8'",
                "'UA-12-3'",
                "'UA-123456'",
                "'GTM-ABC12DE-suffix'",
                "alarm(12345678)",
                "_paq.push(['setSiteId', siteId])",
                "document.cookie.split(';')",
                "document.cookie = name + '=1'",
                "-",
                "",
            })
    void ignoresTextThatResemblesAnId(String script) {
        assertThat(identifiers(script)).isEmpty();
    }

    @Test
    void limitsIdentifiersOfAHostileScript() {
        assertThat(identifiers("'G-1A2B3C4D5E' ".repeat(5_000))).hasSize(50);
        assertThat(identifiers("document.cookie='a=';".repeat(5_000))).hasSize(50);
    }

    @Test
    void addsIdentifiersAsScriptPassages() {
        PageText page = new PageExtractor()
                .extract(TestCaptures.html("<script>gtag('config','G-1A2B3C4D5E')</script>"
                        + "<script src='https://www.googletagmanager.com/gtm.js?id=GTM-ABC12DE'></script>"))
                .text();

        assertThat(page.passages())
                .extracting(passage -> passage.detail() + " " + passage.text())
                .contains("ga4 G-1A2B3C4D5E", "tag-manager GTM-ABC12DE");
    }
}
