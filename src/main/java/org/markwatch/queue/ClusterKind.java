package org.markwatch.queue;

import java.util.Locale;

/** What the items of a cluster have in common. */
public enum ClusterKind {
    /** A fingerprint of the element structure of the page, up to a few bits. */
    STRUCTURE("page structure"),
    /** A fingerprint of the visible text, up to a few bits. */
    WORDING("wording"),
    /** An account of a web analytics provider. */
    ANALYTICS("analytics account"),
    /** The number of a payment account or wallet. */
    ACCOUNT("payment account"),
    /** The host name. */
    HOST("host");

    private final String title;

    ClusterKind(String title) {
        this.title = title;
    }

    /** Returns what is common, in words for people, for example {@code page structure}. */
    public String title() {
        return title;
    }

    /** Returns the name in tables and forms, for example {@code structure}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind with this {@link #label}. */
    public static ClusterKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
