package org.markwatch.review;

import java.util.Optional;
import org.markwatch.queue.Item;

/**
 * A text of a crawled page, masked or revealed: the title or the snippet of a reason.
 *
 * @param itemId   number of the item
 * @param part     {@code title}, or the number of a reason, 0 for the first
 * @param rule     rule that matched, empty for the title
 * @param evidence {@link Item#evidenceSha256} of the item
 */
record Excerpt(long itemId, String part, String rule, String evidence, Snippet snippet) {
    /** The part that holds the title of the page. */
    static final String TITLE = "title";

    /** Returns a part of the evidence of an item; empty if the item has no such part. */
    static Optional<Excerpt> of(Item item, String part, boolean revealed) {
        if (part.equals(TITLE)) {
            return Optional.of(excerpt(item, part, "", item.title(), 0, 0, revealed));
        }
        if (!part.matches("\\d{1,6}")
                || Integer.parseInt(part) >= item.reasons().size()) {
            return Optional.empty();
        }
        Item.ItemReason reason = item.reasons().get(Integer.parseInt(part));
        return Optional.of(excerpt(
                item, part, reason.rule(), reason.snippet(), reason.snippetStart(), reason.snippetEnd(), revealed));
    }

    private static Excerpt excerpt(
            Item item, String part, String rule, String text, int start, int end, boolean revealed) {
        Snippet snippet = revealed ? Snippet.revealed(text, start, end) : Snippet.masked(text, start, end);
        return new Excerpt(item.id(), part, rule, item.evidenceSha256(), snippet);
    }
}
