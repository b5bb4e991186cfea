package org.markwatch.review;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an account may do. */
public enum Role {
    /** Works the queue, and may take back own decisions. */
    REVIEWER,
    /** May take back anybody's decision and read the audit. */
    LEAD,
    /** As a lead, for those who run the installation. */
    ADMIN;

    /** {@code reviewer}, as the command line and tables name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that {@link #label}. */
    static Role of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Whether an authority of the security context belongs to a role that may take back what others decided. */
    static boolean mayOverrule(@Nullable String authority) {
        return ("ROLE_" + LEAD).equals(authority) || ("ROLE_" + ADMIN).equals(authority);
    }
}
