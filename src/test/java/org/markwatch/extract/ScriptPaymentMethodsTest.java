package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptPaymentMethodsTest {
    private static List<String> imageUrls(String script) {
        List<String> found = new ArrayList<>();
        ScriptPaymentMethods.findImageUrls(new ScriptKeywords(script), found::add);
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{\"src\":\"/img/payments/visa.svg\"} | /img/payments/visa.svg",
                "icon: '/pay/visa.png?v=2' | /pay/visa.png",
                "{\"url\":\"https:\\/\\/shop.example\\/images\\/cc\\/vi.png\"} | https://shop.example/images/cc/vi.png",
                "decodeURIComponent('%7B%22icon%22%3A%22%2Fcards%2Fvisa.svg%22%7D') | /cards/visa.svg",
            })
    void findsImageUrlsThatMentionPayment(String script, String address) {
        assertThat(imageUrls(script)).containsExactly(address);
    }

    @Test
    void findsImagesInARowWithOneThatMentionsPayment() {
        assertThat(
                        imageUrls(
                                "{logos:['/logos/visa.svg','/logos/mastercard.svg','/logos/amex.svg']},{icon:'/icons/hat.svg'}"))
                .containsExactly("/logos/visa.svg", "/logos/mastercard.svg", "/logos/amex.svg");
        assertThat(imageUrls("a='/logos/visa.svg';" + "f(x);".repeat(20) + "b='/logos/mastercard.svg'"))
                .containsExactly("/logos/mastercard.svg");
    }

    @Test
    void findsCardIconsInMarkupOfAScript() {
        List<String> icons = new ArrayList<>();
        ScriptPaymentMethods.findCardIconClasses(
                new ScriptKeywords("f.innerHTML='<i class=\"fab fa-cc-visa\"></i>'"), icons::add);
        ScriptPaymentMethods.findCardIconClasses(
                new ScriptKeywords("e(\"i\",{className:\"fa fa-cc-amex\"})"), icons::add);
        ScriptPaymentMethods.findCardIconClasses(
                new ScriptKeywords("[\"fa-cc-jcb\",\"fa-car\"]; // the -cc- icons"), icons::add);

        assertThat(icons).containsExactly("fab fa-cc-visa", "fa fa-cc-amex");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"src\":\"/products/lamp.png\"}", "pay.svgElement()", "// see card.svg for this", ""})
    void ignoresOtherImages(String script) {
        assertThat(imageUrls(script)).isEmpty();
    }

    @Test
    void limitsResultsOfALongScript() {
        assertThat(imageUrls("'/pay/a.svg'".repeat(10_000))).hasSizeLessThanOrEqualTo(60);
    }
}
