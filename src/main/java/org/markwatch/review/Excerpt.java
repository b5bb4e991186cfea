package org.markwatch.review;

import java.util.Optional;
import org.markwatch.queue.Item;

/**
 * A piece of a page's own text that is masked until somebody asks for it.
 *
 * @param itemId   the item
 * @param part     {@code title}, or the number of a reason, 0 for the first
 * @param rule     the rule that found it, empty for the title
 * @param evidence hash of the evidence it belongs to
 */
record Excerpt(long itemId, String part, String rule, String evidence, Snippet snippet) {
    /** The part that is the page's title. */
    static final String TITLE = "title";

    /** Empty if the item has no such part. */
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
