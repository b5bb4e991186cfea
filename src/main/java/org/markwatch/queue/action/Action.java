package org.markwatch.queue.action;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.ActionKind;

/**
 * The action of a final decision.
 *
 * @param decisionId number of the decision
 * @param itemId     number of the item
 * @param kind       what is to be done
 * @param receipt    what shows that it was done, or empty
 * @param chosenBy   account that chose the kind
 * @param doneBy     account that did it, null while it is to be done
 * @param doneAt     when it was done, null while it is to be done
 */
public record Action(
        long decisionId,
        long itemId,
        ActionKind kind,
        String receipt,
        String chosenBy,
        @Nullable String doneBy,
        @Nullable Instant doneAt) {
    /** Returns whether a person submits something, for which there is a draft. */
    public boolean isSubmitted() {
        return kind == ActionKind.HOTLINE_REFERRAL || kind == ActionKind.ACQUIRER_NOTICE;
    }

    /** Returns whether something is to be done. */
    public boolean isOpen() {
        return doneAt == null && kind != ActionKind.NONE;
    }
}
