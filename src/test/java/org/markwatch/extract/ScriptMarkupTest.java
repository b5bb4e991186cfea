package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptMarkupTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '\0',
            value = {
                "document.write('<p>Pay here</p>')@<p>Pay here</p>",
                "document.write(\"<p class='a'>Pay</p>\");@<p class='a'>Pay</p>",
                "box.innerHTML = `<b>${name} pays ${ {a: 1}.a }</b>`@<b>  pays  </b>",
                "document.write('<p>' + 'Pay' + '</p>')@<p>Pay</p>",
                "document.write('<p>' + new Date().getFullYear() + ' Firm</p>')@<p>  Firm</p>",
                "document.write('<p>', 'Pay', '</p>')@<p>Pay</p>",
                "document.write('<p>one'); document.write('<b>two')@<p>one<b>two",
                "document.write(unescape('%3Cp%3EPay%20%C3%A0%3C%2Fp%3E'))@<p>Pay à</p>",
                "document.write(unescape('%3c%70%3ePay'))@<p>Pay",
                "x='\\x3cp\\x3ePa\\u0079 \\u{79}\\n\\'it\\'\\x3c/p\\x3e'@<p>Pay y 'it'</p>",
                "x='\\u003cp>Pay'@<p>Pay",
                "x='<!doctype html><p>'@<!doctype html><p>"
            })
    void extractsLiteralsThatStartWithATag(String script, String markup) {
        assertThat(ScriptMarkup.of(new ScriptKeywords(script))).isEqualTo(markup);
    }

    @Test
    void acceptsIndentBeforeATag() {
        assertThat(ScriptMarkup.of(new ScriptKeywords("box.innerHTML = `\n    <p>Pay</p>`")))
                .isEqualTo("\n    <p>Pay</p>");
    }

    @Test
    void joinsLinesThatEndWithABackslash() {
        assertThat(ScriptMarkup.of(new ScriptKeywords("x = '<p>Pay \\\nhere</p>'")))
                .isEqualTo("<p>Pay here</p>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "if (a < b) { c = 'Pay with Visa'; }",
                "x = 'Visa <b>'", // does not start with a tag
                "x = '< 5'",
                "x = '%3D'",
                "x = '<p>no end",
                "x = '<p>no end\nof the line'",
                "push([1,\"{\\\"html\\\":\\\"<p>Visa</p>\\\"}\"])" // nested literals are
                // server data, not generated markup
            })
    void ignoresOtherLiterals(String script) {
        assertThat(ScriptMarkup.of(new ScriptKeywords(script))).isEmpty();
    }
}
