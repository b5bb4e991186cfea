package org.markwatch.extract;

import org.markwatch.watchlist.Field;

/**
 * A piece of a page's text with its place.
 *
 * @param field  part of the page
 * @param detail where in the field: {@code h1}, {@code alt}, {@code src}, {@code class}, {@code og:site_name},
 *               {@code paymentAccepted}, {@code action} … ; never empty
 * @param text   characters as on the page, white space collapsed, never empty
 * @param start  offset of {@code text} in the field's text (passages of the field in page order, joined by one line feed)
 * @param hidden whether markup hides it from a visitor's eye ({@code hidden}, {@code display:none} …)
 */
public record Passage(Field field, String detail, String text, int start, boolean hidden) {
    /** Offset after the last character in the field's text. */
    public int end() {
        return start + text.length();
    }
}
