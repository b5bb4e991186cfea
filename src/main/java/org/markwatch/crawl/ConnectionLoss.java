package org.markwatch.crawl;

import java.sql.SQLException;

/** Tells a database that is gone from one that objects. */
public final class ConnectionLoss {
    private ConnectionLoss() {}

    /** Whether a connection was lost or could not be had: SQLSTATE classes 08 and 57P, and none, which is the connection pool's own word. */
    public static boolean isCauseOf(Throwable fault) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                String state = sql.getSQLState();
                if (state == null || state.startsWith("08") || state.startsWith("57P")) {
                    return true;
                }
            }
        }
        return false;
    }
}
