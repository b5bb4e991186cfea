package org.markwatch.queue;

import java.util.Locale;

/** Where an item is. Whether somebody works on it is the {@link Claim}'s matter. */
public enum ItemState {
    /** Waits for its first decision. */
    NEW,
    /** Was decided, and waits again: its evidence changed, its authorisation lapsed, or somebody took the decision back. */
    REOPENED,
    /** Has a decision that holds; it stays quiet until its evidence changes. */
    DECIDED;

    /** {@code reopened}, as tables and exports name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ItemState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
