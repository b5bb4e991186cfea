package org.markwatch.queue;

import java.util.Locale;

/** State of an item. Whether a reviewer holds it is not part of the state; see {@link Claim}. */
public enum ItemState {
    /** Open, without any decision. */
    NEW,
    /**
     * Open again after a decision: its evidence changed, its authorisation expired, or someone withdrew the decision.
     */
    REOPENED,
    /** Decided. A run re-opens it when its evidence changes or its authorisation expires. */
    DECIDED,
    /** Closed without a decision, because no rule supports it any more. A run that flags the page re-opens it. */
    CLOSED;

    /** Returns whether the item waits for people. */
    public boolean isOpen() {
        return this == NEW || this == REOPENED;
    }

    /** Returns the name in tables and exports, for example {@code reopened}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ItemState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
