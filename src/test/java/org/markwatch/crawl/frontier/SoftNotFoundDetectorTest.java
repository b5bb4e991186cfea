package org.markwatch.crawl.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.markwatch.url.HttpUrl;

class SoftNotFoundDetectorTest {
    private final SoftNotFoundDetector detector = new SoftNotFoundDetector();

    @Test
    void needsNoProbeForDistinctPages() {
        IntStream.range(0, 1000).forEach(detector::record);

        assertThat(detector.isProbeDue()).isFalse();
    }

    @Test
    void probesHostWithRepeatedPagesOnce() {
        recordRepeatedPage();
        assertThat(detector.isProbeDue()).isTrue();

        detector.endProbe();
        recordRepeatedPage();
        assertThat(detector.isProbeDue()).isFalse();
        assertThat(detector.isErrorPage(7)).isFalse();
    }

    @Test
    void recognisesErrorPage() {
        recordRepeatedPage();
        detector.setErrorPage(7);

        assertThat(detector.isErrorPage(7)).isTrue();
        assertThat(detector.isErrorPage(8)).isFalse();
    }

    @Test
    void recognisesErrorTarget() {
        detector.setErrorTarget(HttpUrl.of("https://shop.example/"));

        assertThat(detector.isErrorTarget(HttpUrl.of("https://shop.example/"))).isTrue();
        assertThat(detector.isErrorTarget(HttpUrl.of("https://shop.example/other")))
                .isFalse();
    }

    @Test
    void generatesRandomProbeUrls() {
        HttpUrl url = SoftNotFoundDetector.probeUrl("https://shop.example:8443");

        assertThat(url.toString()).matches("https://shop\\.example:8443/[b-z]{20}");
        assertThat(SoftNotFoundDetector.probeUrl("https://shop.example:8443")).isNotEqualTo(url);
    }

    private void recordRepeatedPage() {
        IntStream.range(0, SoftNotFoundDetector.PROBE_THRESHOLD).forEach(page -> detector.record(7));
    }
}
