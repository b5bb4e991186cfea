package org.markwatch.crawl;

import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Reads {@code href="…"} and nothing else, so that these tests need no parser of markup. */
final class LinkReader implements PageReader<String> {
    @Override
    public Reading<String> read(Capture capture) {
        List<Link> links = new ArrayList<>();
        String text = capture.text();
        for (int at = text.indexOf("href=\""); at >= 0; at = text.indexOf("href=\"", at + 1)) {
            int start = at + "href=\"".length();
            int end = text.indexOf('"', start);
            URI base = capture.finalUrl();
            CanonicalUrl.resolve(base, text.substring(start, end)).ifPresent(url -> links.add(new Link(url, "a")));
        }
        int pictures = text.split("<img ", -1).length - 1;
        return new Reading<>(
                links,
                pictures == 0 ? Map.of() : Map.of(Fetch.Kind.IMAGE, pictures),
                HexFormat.of().toHexDigits(text.hashCode()),
                text);
    }
}
