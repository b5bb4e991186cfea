package org.markwatch.review;

import java.util.Optional;
import java.util.Set;
import org.markwatch.queue.Item;
import org.markwatch.queue.LaneAccess;
import org.springframework.ui.Model;

/** A part of the page of an item that a package of its own fills. */
public interface ItemSection {
    /**
     * Adds what the section shows to the model.
     *
     * @param account  who looks at the item
     * @param access   lanes that the account may not see
     * @param revealed parts of the item that the account has revealed
     */
    void addTo(Model model, Item item, String account, LaneAccess access, Set<String> revealed);

    /**
     * Adds a part of the section to the model, revealed.
     *
     * @param part part of a reveal
     * @return how it is shown; empty if the section has no such part
     */
    Optional<RevealedPart> reveal(Model model, Item item, String part);

    /**
     * A part that is revealed.
     *
     * @param view fragment that shows it
     * @param text what the audit names it
     */
    record RevealedPart(String view, String text) {}
}
