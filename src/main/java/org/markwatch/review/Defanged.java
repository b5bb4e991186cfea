package org.markwatch.review;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A defanged URL: text that no program turns into a link.
 *
 * @param origin {@code hxxps://shop[.]example[:]8443}
 * @param rest   path and query, or empty
 */
record Defanged(String origin, String rest) {

    static Defanged of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String origin = scheme.replace("tt", "xx") + "://" + dots(url.getRawAuthority());
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String path =
                url.getRawPath() == null || url.getRawPath().equals("/") && query.isEmpty() ? "" : url.getRawPath();
        return new Defanged(DisplayText.escape(origin), DisplayText.escape(path + query));
    }

    private static String dots(@Nullable String authority) {
        return authority == null ? "" : authority.replace(".", "[.]").replace(":", "[:]");
    }

    @Override
    public String toString() {
        return origin + rest;
    }
}
