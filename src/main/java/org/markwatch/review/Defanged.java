package org.markwatch.review;

import org.markwatch.url.HttpUrl;

/**
 * A defanged URL: text that no program turns into a link.
 *
 * @param origin {@code hxxps://shop[.]example[:]8443}
 * @param rest   path and query, or empty
 */
record Defanged(String origin, String rest) {

    static Defanged of(HttpUrl url) {
        String schemeEnd = "://";
        String authority = url.origin().substring(url.scheme().length() + schemeEnd.length());
        String origin = url.scheme().replace("tt", "xx")
                + schemeEnd
                + authority.replace(".", "[.]").replace(":", "[:]");
        String rest = url.pathAndQuery().equals("/") ? "" : url.pathAndQuery();
        return new Defanged(DisplayText.escape(origin), DisplayText.escape(rest));
    }

    @Override
    public String toString() {
        return origin + rest;
    }
}
