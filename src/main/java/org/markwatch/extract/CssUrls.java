package org.markwatch.extract;

import java.util.function.Consumer;

/** Finds the references in a style sheet: {@code url(…)} and {@code @import "…"}. */
final class CssUrls {
    private static final int MAX_LENGTH = 2_048;

    private CssUrls() {}

    static void scan(String css, Consumer<String> urls) {
        int at = css.indexOf("url(");
        while (at >= 0) {
            int start = at + 4;
            int end = css.indexOf(')', start);
            if (end < 0) {
                return;
            }
            if (end - start <= MAX_LENGTH) {
                String url = unquote(css.substring(start, end).strip());
                if (!url.isEmpty()) {
                    urls.accept(url);
                }
            }
            at = css.indexOf("url(", end);
        }
    }

    /** The quoted references of {@code @import}; those with {@code url()} are found by {@link #scan}. */
    static void imports(String css, Consumer<String> urls) {
        int at = css.indexOf("@import");
        while (at >= 0) {
            int start = at + 7;
            while (start < css.length() && Character.isWhitespace(css.charAt(start))) {
                start++;
            }
            if (start < css.length() && (css.charAt(start) == '"' || css.charAt(start) == '\'')) {
                int end = css.indexOf(css.charAt(start), start + 1);
                if (end > start + 1 && end - start <= MAX_LENGTH) {
                    urls.accept(css.substring(start + 1, end));
                }
            }
            at = css.indexOf("@import", start);
        }
    }

    private static String unquote(String url) {
        int length = url.length();
        boolean quoted = length >= 2
                && (url.charAt(0) == '"' || url.charAt(0) == '\'')
                && url.charAt(length - 1) == url.charAt(0);
        return quoted ? url.substring(1, length - 1) : url;
    }
}
