package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.extract.PageText;
import org.markwatch.match.Match.Kind;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator.Type;
import org.markwatch.watchlist.Secret;
import org.markwatch.watchlist.Watchlist;

class KeyedHashesTest {
    private static final Secret KEY = Secret.ofHex("0123456789abcdef".repeat(4));

    private static List<Match> found(String listed, Secret key, PageText page) {
        String pattern = KeyedHashes.pattern(KEY, HttpUrl.of(listed));
        Watchlist plain = Watchlists.of(
                Watchlists.BRANDS, List.of(Watchlists.indicator("listed.7", Type.KEYED_HASH, pattern, "voucher", 30)));
        Watchlist keyed = new Watchlist(
                plain.settings(),
                plain.seeds(),
                plain.brands(),
                plain.indicators(),
                plain.policy(),
                plain.lexicon(),
                plain.evidence(),
                plain.rulesetSha256(),
                key);
        return Matcher.compile(keyed, Watchlists.TODAY).match(page).stream()
                .filter(match -> match.kind() == Kind.INDICATOR)
                .toList();
    }

    /** As in the documentation of Safe Browsing, API v4, 'Suffix/prefix expressions'. */
    @Test
    void hashesTheFormsOfSafeBrowsing() {
        assertThat(KeyedHashes.forms("a.b.c", "/1/2.html", "?param=1"))
                .containsExactlyInAnyOrder(
                        "a.b.c/1/2.html?param=1",
                        "a.b.c/1/2.html",
                        "a.b.c/",
                        "a.b.c/1/",
                        "b.c/1/2.html?param=1",
                        "b.c/1/2.html",
                        "b.c/",
                        "b.c/1/");
        assertThat(KeyedHashes.forms("a.b.c.d.e.f.g", "/1.html", ""))
                .containsExactlyInAnyOrder(
                        "a.b.c.d.e.f.g/1.html", "a.b.c.d.e.f.g/",
                        "c.d.e.f.g/1.html", "c.d.e.f.g/",
                        "d.e.f.g/1.html", "d.e.f.g/",
                        "e.f.g/1.html", "e.f.g/",
                        "f.g/1.html", "f.g/");
        assertThat(KeyedHashes.forms("1.2.3.4", "/1/", "")).containsExactlyInAnyOrder("1.2.3.4/1/", "1.2.3.4/");
    }

    @ParameterizedTest
    @CsvSource({
        "http://shop.example/, https://shop.example/cart, true",
        "http://shop.example, https://www.shop.example/cart?x=1, true",
        "https://shop.example/members/, http://shop.example/members/a/b, true",
        "https://shop.example/members/, http://shop.example/member, false",
        "https://shop.example/p?id=1, https://shop.example/p?id=1, true",
        "https://shop.example/p?id=1, https://shop.example/p?id=2, false",
        "http://shop.example/, https://myshop.example/, false",
    })
    void findsThePagesOwnAddress(String listed, String url, boolean expected) {
        assertThat(found(listed, KEY, Pages.at(url).build())).hasSize(expected ? 1 : 0);
    }

    @Test
    void findsWhatThePageRefersTo() {
        assertThat(found(
                        "http://pay.example/",
                        KEY,
                        Pages.page()
                                .with(Field.SCRIPT, "src", "js.pay.example/v1.js")
                                .build()))
                .hasSize(1);
        assertThat(found(
                        "http://pay.example/in/",
                        KEY,
                        Pages.page()
                                .with(Field.LINK, "href", "pay.example/in/7")
                                .build()))
                .hasSize(1);
        assertThat(found(
                        "http://pay.example/",
                        KEY,
                        Pages.page().with(Field.FORM, "action", "pay.example").build()))
                .hasSize(1);
        assertThat(found(
                        "http://pay.example/",
                        KEY,
                        Pages.page().with(Field.LINK, "a", "see pay.example").build()))
                .isEmpty();
    }

    @Test
    void saysTheEntryAndNotTheAddress() {
        PageText page =
                Pages.page().with(Field.LINK, "href", "pay.example/in/7").build();

        assertThat(found("http://pay.example/", KEY, page)).singleElement().satisfies(match -> {
            assertThat(match.rule()).isEqualTo("listed.7@1");
            assertThat(match.weight()).isEqualTo(30);
            assertThat(match.toString()).doesNotContain("pay.example");
        });
    }

    @Test
    void findsNothingWithAnotherKey() {
        Secret other = Secret.ofHex("f".repeat(64));

        assertThat(found("http://store.example/", KEY, Pages.page().build())).hasSize(1);
        assertThat(found("http://store.example/", other, Pages.page().build())).isEmpty();
    }

    /** RFC 4231 has no vector with this key; the value is OpenSSL's: printf shop.example/ | openssl dgst -sha256 -mac hmac. */
    @Test
    void isPlainHmacSha256() {
        assertThat(KeyedHashes.pattern(KEY, HttpUrl.of("https://SHOP.example")))
                .isEqualTo("e070e8c90966be7cf4d28cdac4e9f5d20842762b4cd67ee4ecf2797bea541d21");
    }
}
