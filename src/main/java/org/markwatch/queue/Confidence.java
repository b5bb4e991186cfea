package org.markwatch.queue;

import java.util.Locale;

/** How sure a reviewer is. */
public enum Confidence {
    LOW,
    MEDIUM,
    HIGH;

    /** {@code medium}, as tables and exports name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Confidence of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
