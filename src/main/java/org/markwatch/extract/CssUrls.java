package org.markwatch.extract;

import java.util.function.Consumer;

/** Finds the URL references of a style sheet: {@code url(…)}, {@code image-set("…" 2x)} and {@code @import "…"}. */
final class CssUrls {
    private static final int MAX_URL_LENGTH = 2_048;
    private static final String IMAGE_SET = "image-set(";

    private CssUrls() {}

    /** Quick check whether {@link #scan} may find a reference. */
    static boolean mayContainUrls(String css) {
        return css.contains("url(") || css.contains(IMAGE_SET);
    }

    /**
     * Finds the references of {@code url()} and {@code image-set()} that are not longer than {@value #MAX_URL_LENGTH}.
     */
    static void scan(String css, Consumer<String> urls) {
        scanImageSets(css, urls);
        int at = css.indexOf("url(");
        while (at >= 0) {
            int start = at + 4;
            int end = css.indexOf(')', start);
            if (end < 0) {
                return;
            }
            if (end - start <= MAX_URL_LENGTH) {
                String url = unquote(css.substring(start, end).strip());
                if (!url.isEmpty()) {
                    urls.accept(url);
                }
            }
            at = css.indexOf("url(", end);
        }
    }

    /** Finds the quoted references of {@code image-set()} (CSS Images 4 section 2.4). */
    private static void scanImageSets(String css, Consumer<String> urls) {
        int at = css.indexOf(IMAGE_SET);
        while (at >= 0) {
            int i = at + IMAGE_SET.length();
            for (int depth = 1; i < css.length() && depth > 0; i++) {
                char c = css.charAt(i);
                if (c == '(') {
                    depth++;
                } else if (c == ')') {
                    depth--;
                } else if (c == '"' || c == '\'') {
                    int end = css.indexOf(c, i + 1);
                    if (end < 0) {
                        return;
                    }
                    // Strings nested deeper belong to url() and type().
                    if (depth == 1 && end > i + 1 && end - i <= MAX_URL_LENGTH) {
                        urls.accept(css.substring(i + 1, end));
                    }
                    i = end;
                }
            }
            at = css.indexOf(IMAGE_SET, i);
        }
    }

    /** Finds the quoted references of {@code @import}. {@link #scan} finds those with {@code url()}. */
    static void scanImports(String css, Consumer<String> urls) {
        int at = css.indexOf("@import");
        while (at >= 0) {
            int start = at + 7;
            while (start < css.length() && Character.isWhitespace(css.charAt(start))) {
                start++;
            }
            if (start < css.length() && (css.charAt(start) == '"' || css.charAt(start) == '\'')) {
                int end = css.indexOf(css.charAt(start), start + 1);
                if (end > start + 1 && end - start <= MAX_URL_LENGTH) {
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
