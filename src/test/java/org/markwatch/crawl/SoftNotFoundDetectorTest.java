package org.markwatch.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoftNotFoundDetectorTest {
    private final SoftNotFoundDetector pages = new SoftNotFoundDetector();

    @Test
    void asksNoHostThatDoesNotRepeatItself() {
        IntStream.range(0, 1000).forEach(pages::record);

        assertThat(pages.isProbeDue()).isFalse();
    }

    @Test
    void asksHostThatRepeatsItselfOnce() {
        repeat();
        assertThat(pages.isProbeDue()).isTrue();

        pages.endProbe();
        repeat();
        assertThat(pages.isProbeDue()).isFalse();
        assertThat(pages.isErrorPage(7)).isFalse();
    }

    @Test
    void knowsWhatIsSaidToNonsense() {
        repeat();
        pages.setErrorPage(7);

        assertThat(pages.isErrorPage(7)).isTrue();
        assertThat(pages.isErrorPage(8)).isFalse();
    }

    @Test
    void knowsWhereNonsenseIsSent() {
        pages.setErrorTarget(URI.create("https://shop.example/"));

        assertThat(pages.isErrorTarget(URI.create("https://shop.example/"))).isTrue();
        assertThat(pages.isErrorTarget(URI.create("https://shop.example/other")))
                .isFalse();
    }

    @Test
    void makesUpAddressesThatNobodyHas() {
        URI nonsense = SoftNotFoundDetector.probeUrl("https://shop.example:8443");

        assertThat(nonsense.toString()).matches("https://shop\\.example:8443/[b-z]{20}");
        assertThat(SoftNotFoundDetector.probeUrl("https://shop.example:8443")).isNotEqualTo(nonsense);
    }

    private void repeat() {
        IntStream.range(0, SoftNotFoundDetector.PROBE_THRESHOLD).forEach(page -> pages.record(7));
    }
}
