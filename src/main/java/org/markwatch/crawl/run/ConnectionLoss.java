package org.markwatch.crawl.run;

import java.sql.SQLException;

/** Distinguishes a lost database connection from an error that the database reports. */
public final class ConnectionLoss {
    private ConnectionLoss() {}

    /**
     * Whether an exception or one of its causes is a lost or refused connection: SQLSTATE class 08, 57P (operator
     * intervention, such as a shutdown of the server), 25P03 (the process was suspended within a transaction), or no SQLSTATE, as
     * in the time-out of the connection pool.
     */
    public static boolean isCauseOf(Throwable fault) {
        for (Throwable at = fault; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                String state = sql.getSQLState();
                if (state == null || state.startsWith("08") || state.startsWith("57P") || state.equals("25P03")) {
                    return true;
                }
            }
        }
        return false;
    }
}
