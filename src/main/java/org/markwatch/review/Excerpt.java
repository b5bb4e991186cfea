package org.markwatch.review;

import java.util.Optional;
import org.markwatch.queue.Item;

/**
 * A text of a crawled page, masked or revealed: the title, the URL, or the snippet of a reason.
 *
 * @param itemId   number of the item
 * @param part     {@code title}, {@code url}, the number of a reason, 0 for the first, or a part of an {@link ItemSection}
 * @param rule     rule that matched, empty for the title and the URL
 * @param evidence {@link Item#evidenceSha256} of the item
 * @param snippet  the text; for the URL what follows the origin while it is masked, and the whole once it is revealed
 */
public record Excerpt(long itemId, String part, String rule, String evidence, Snippet snippet) {
    /** The part that holds the title of the page. */
    static final String TITLE = "title";
    /** The part that holds the URL of the page. */
    static final String URL = "url";

    /** Returns a part of the evidence of an item; empty if the item has no such part. */
    static Optional<Excerpt> of(Item item, String part, boolean revealed, CurrentWatchlist watchlist) {
        if (part.equals(TITLE)) {
            return Optional.of(excerpt(item, part, "", item.title(), 0, 0, revealed, LiteralWords.NONE));
        }
        if (part.equals(URL)) {
            Defanged url = Defanged.of(item.url());
            String text = revealed ? url.toString() : url.rest();
            return Optional.of(excerpt(item, part, "", text, 0, 0, revealed, LiteralWords.NONE));
        }
        if (!part.matches("[0-9]{1,6}")
                || Integer.parseInt(part) >= item.reasons().size()) {
            return Optional.empty();
        }
        return Optional.of(of(item, part, item.reasons().get(Integer.parseInt(part)), revealed, watchlist));
    }

    /** Returns the snippet of a reason as a part of an item. */
    public static Excerpt of(
            Item item, String part, Item.ItemReason reason, boolean revealed, CurrentWatchlist watchlist) {
        return excerpt(
                item,
                part,
                reason.rule(),
                reason.snippet(),
                reason.snippetStart(),
                reason.snippetEnd(),
                revealed,
                watchlist.wordsOf(reason.rule()));
    }

    private static Excerpt excerpt(
            Item item,
            String part,
            String rule,
            String text,
            int start,
            int end,
            boolean revealed,
            LiteralWords literals) {
        Snippet snippet = revealed ? Snippet.revealed(text, start, end) : Snippet.masked(text, start, end, literals);
        return new Excerpt(item.id(), part, rule, item.evidenceSha256(), snippet);
    }
}
