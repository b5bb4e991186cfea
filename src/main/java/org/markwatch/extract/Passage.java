package org.markwatch.extract;

import org.markwatch.watchlist.Field;

/**
 * A piece of the text or metadata of a page with its position.
 *
 * @param field  part of the page that the passage comes from
 * @param detail element, attribute or property within the field, for example {@code h1}, {@code alt}, {@code src},
 *               {@code class}, {@code og:site_name}, {@code paymentAccepted} or {@code action}; not empty
 * @param text   characters as on the page with white space collapsed; not empty
 * @param start  offset of the first character of {@code text} in the text of the field, in UTF-16 code units from 0.
 *               The text of a field is its passages in page order, joined by a line feed
 * @param hidden whether markup or style hides the passage from a visitor ({@code hidden}, {@code display:none} …)
 */
public record Passage(Field field, String detail, String text, int start, boolean hidden) {
    /** Returns the offset after the last character in the text of the field, in UTF-16 code units. */
    public int end() {
        return start + text.length();
    }

    /** Returns whether it is the address of a link, and no words. */
    public boolean isAddress() {
        return field == Field.LINK && (detail.equals("href") || detail.equals("canonical"));
    }

    /** Returns whether it holds words for people. */
    public boolean holdsWords() {
        return field.holdsWords() && !isAddress();
    }
}
