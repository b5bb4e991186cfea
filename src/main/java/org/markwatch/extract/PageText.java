package org.markwatch.extract;

import java.net.URI;
import java.util.List;

/**
 * Everything that can be read of a page without looking at a picture.
 *
 * @param url      final URL
 * @param title    text of the title element, or empty
 * @param language BCP 47 tag from the markup or the headers, lower case, or empty
 * @param passages in page order within each field
 */
public record PageText(URI url, String title, String language, List<Passage> passages) {
    public PageText {
        passages = List.copyOf(passages);
    }
}
