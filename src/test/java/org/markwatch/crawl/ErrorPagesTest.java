package org.markwatch.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ErrorPagesTest {
    private final ErrorPages pages = new ErrorPages();

    @Test
    void asksNoHostThatDoesNotRepeatItself() {
        IntStream.range(0, 1000).forEach(pages::read);

        assertThat(pages.toBeAsked()).isFalse();
    }

    @Test
    void asksHostThatRepeatsItselfOnce() {
        repeat();
        assertThat(pages.toBeAsked()).isTrue();

        pages.honest();
        repeat();
        assertThat(pages.toBeAsked()).isFalse();
        assertThat(pages.isErrorPage(7)).isFalse();
    }

    @Test
    void knowsWhatIsSaidToNonsense() {
        repeat();
        pages.saysInstead(7);

        assertThat(pages.isErrorPage(7)).isTrue();
        assertThat(pages.isErrorPage(8)).isFalse();
    }

    @Test
    void knowsWhereNonsenseIsSent() {
        pages.sendsTo(URI.create("https://shop.example/"));

        assertThat(pages.isErrorTarget(URI.create("https://shop.example/"))).isTrue();
        assertThat(pages.isErrorTarget(URI.create("https://shop.example/other")))
                .isFalse();
    }

    @Test
    void makesUpAddressesThatNobodyHas() {
        URI nonsense = ErrorPages.nonsense("https://shop.example:8443");

        assertThat(nonsense.toString()).matches("https://shop\\.example:8443/[b-z]{20}");
        assertThat(ErrorPages.nonsense("https://shop.example:8443")).isNotEqualTo(nonsense);
    }

    private void repeat() {
        IntStream.range(0, ErrorPages.SUSPICIOUS).forEach(page -> pages.read(7));
    }
}
