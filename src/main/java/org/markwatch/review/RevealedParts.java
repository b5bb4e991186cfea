package org.markwatch.review;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.markwatch.queue.Item;

/**
 * The texts that a reviewer has revealed of one item, kept in the session until the reviewer reveals a text of another
 * item or the evidence changes.
 *
 * @param evidence {@link Item#evidenceSha256} of the item
 * @param parts    parts as {@link Excerpt#part} names them
 */
record RevealedParts(long itemId, String evidence, Set<String> parts) implements Serializable {
    private static final String ATTRIBUTE = RevealedParts.class.getName();

    /** Returns the revealed parts of an item. */
    static Set<String> of(Item item, HttpSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof RevealedParts revealed
                        && revealed.itemId() == item.id()
                        && revealed.evidence().equals(item.evidenceSha256())
                ? Set.copyOf(revealed.parts())
                : Set.of();
    }

    /** Adds a part of an item. */
    static void add(Item item, String part, HttpSession session) {
        Set<String> parts = new HashSet<>(of(item, session));
        parts.add(part);
        session.setAttribute(ATTRIBUTE, new RevealedParts(item.id(), item.evidenceSha256(), parts));
    }
}
