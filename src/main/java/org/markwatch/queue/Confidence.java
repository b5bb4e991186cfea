package org.markwatch.queue;

import java.util.Locale;

/** How sure a reviewer is. */
public enum Confidence {
    LOW,
    MEDIUM,
    HIGH;

    /** Returns the name in tables and exports, for example {@code medium}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Confidence of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
