package org.markwatch.queue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What people do after a decision. The program submits nothing. */
public enum ActionKind {
    /** A person submits the page to the national hotline of the country that hosts it. */
    HOTLINE_REFERRAL,
    /** A person tells the acquirer, or the firm whose payment method the page names. */
    ACQUIRER_NOTICE,
    /** The case is counted in the reports of the team. */
    INTERNAL_TREND,
    /** The next night requests the page again. */
    RECRAWL,
    /** Nothing is to be done. */
    NONE;

    /** Returns the name in tables and forms, for example {@code hotline_referral}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind with this {@link #label}; empty if there is none. */
    public static Optional<ActionKind> of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}
