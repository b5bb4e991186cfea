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
 * @param structure fingerprint of how the elements are nested (see {@link SimHash}), 0 if there are too few
 */
public record PageText(URI url, String title, String language, PassageList passages, long structure) {
    public PageText(URI url, String title, String language, List<Passage> passages, long structure) {
        this(url, title, language, PassageList.of(passages), structure);
    }

    /** A page without markup. */
    public PageText(URI url, String title, String language, List<Passage> passages) {
        this(url, title, language, passages, 0);
    }
}
