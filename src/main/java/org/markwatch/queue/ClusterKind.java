package org.markwatch.queue;

import java.util.Locale;

/** What the items of a cluster have in common. */
public enum ClusterKind {
    /** A fingerprint of the element structure of the page, up to a few bits. */
    STRUCTURE,
    /** A fingerprint of the visible text, up to a few bits. */
    WORDING,
    /** An account of a web analytics provider. */
    ANALYTICS,
    /** The number of a payment account or wallet. */
    ACCOUNT,
    /** The host name. */
    HOST;

    /** Returns the name in tables and forms, for example {@code structure}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind with this {@link #label}. */
    public static ClusterKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
