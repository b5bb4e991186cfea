package org.markwatch.extract;

import java.util.List;
import org.markwatch.url.HttpUrl;

/**
 * Text and metadata of a page. Images are not part of it. Immutable.
 *
 * @param url       URL after redirects
 * @param title     text of the title element, or empty
 * @param language  BCP 47 tag from the markup or the response headers in lower case, or empty
 * @param passages  in page order within each field
 * @param structure fingerprint of the nesting of elements (see {@link SimHash}), or 0 if the page has too few elements
 * @param shell     whether the page has scripts and says nothing without them
 */
public record PageText(
        HttpUrl url, String title, String language, PassageList passages, long structure, boolean shell) {
    /** Copies the passages into a {@link PassageList}. */
    public PageText(HttpUrl url, String title, String language, List<Passage> passages, long structure, boolean shell) {
        this(url, title, language, PassageList.of(passages), structure, shell);
    }

    /** Creates the text of a page that is no shell. */
    public PageText(HttpUrl url, String title, String language, List<Passage> passages, long structure) {
        this(url, title, language, passages, structure, false);
    }

    /** Creates the text of a page without markup: the structure is 0. */
    public PageText(HttpUrl url, String title, String language, List<Passage> passages) {
        this(url, title, language, passages, 0);
    }
}
