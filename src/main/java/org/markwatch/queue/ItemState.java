package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** State of copies of calibration items in the database. */
    static final String CALIBRATION = "calibration";

    /** Returns whether the item waits for people. */
    public boolean isOpen() {
        return this == NEW || this == REOPENED;
    }

    /** Returns the name in tables and exports, for example {@code reopened}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the state in a row with the columns {@code state} and {@code decision_id}. */
    static ItemState of(ResultSet row) throws SQLException {
        String label = row.getString("state");
        // a copy of a calibration item looks like any item, but no query finds it by its state
        return !label.equals(CALIBRATION) ? of(label) : row.getObject("decision_id") == null ? NEW : DECIDED;
    }

    private static ItemState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
