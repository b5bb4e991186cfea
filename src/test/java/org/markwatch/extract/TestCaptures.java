package org.markwatch.extract;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.markwatch.crawl.Capture;
import org.markwatch.url.HttpUrl;

/** Creates captures without fetching. */
final class TestCaptures {
    private TestCaptures() {}

    static Capture html(String text) {
        return of("https://shop.example/store/index.html", "text/html", Map.of(), text);
    }

    static Capture of(String url, String contentType, Map<String, String> headers, String text) {
        HttpUrl uri = HttpUrl.of(url);
        return new Capture(
                uri, uri, List.of(uri), 200, contentType, "UTF-8", headers, text, text.length(), false, Instant.EPOCH);
    }
}
