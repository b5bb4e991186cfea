package org.markwatch.review.team;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a proposal. Only an open one can be approved, rejected or withdrawn. */
public enum ProposalState {
    OPEN,
    /** Approved, but the file could not be written. */
    APPROVED,
    WRITTEN,
    /** At the approval, the file was not the one that the difference was made against. */
    OUTDATED,
    REJECTED,
    WITHDRAWN;

    /** Returns the name in the table and in addresses, for example {@code open}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the state with this {@link #label}; empty if there is none. */
    public static Optional<ProposalState> of(String label) {
        return Arrays.stream(values())
                .filter(state -> state.label().equals(label))
                .findFirst();
    }
}
