package org.markwatch.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGPooledConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections that have been closed, kept for the next who wants one of the same data source: opening one costs as much as
 * twenty statements, and tests connect for each statement. A kept one holds no lock and has the settings of a new one.
 */
final class IdleConnections {
    /** Each test has a database of its own, so only the last ones are wanted again. */
    private static final int MOST = 8;

    private static final int SECONDS_TO_ANSWER = 5;

    private final String reset;
    private final Deque<Idle> idle = new ArrayDeque<>();

    private record Idle(String source, String database, PGPooledConnection pooled, Connection connection) {}

    /** Opens a connection. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    /** @param settings SQL for the settings of a new connection */
    IdleConnections(String settings) {
        reset = "SET SESSION AUTHORIZATION DEFAULT; RESET ALL; " + settings
                + "; SELECT pg_advisory_unlock_all(); DISCARD TEMP";
    }

    /** Returns a kept connection to a data source that still works, or opens one. */
    Connection get(PGSimpleDataSource source, Opening opening) throws SQLException {
        String key = source.getUrl() + " " + source.getUser();
        for (Idle kept = take(key); kept != null; kept = take(key)) {
            if (kept.connection.isValid(SECONDS_TO_ANSWER)) {
                return kept.pooled.getConnection();
            }
            kept.connection.close();
        }
        Connection opened = opening.open();
        PGPooledConnection pooled = new PGPooledConnection(opened, true);
        Idle one = new Idle(key, String.valueOf(source.getDatabaseName()), pooled, opened);
        pooled.addConnectionEventListener(new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                keep(one);
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                // a broken one does not answer when it is asked for again
            }
        });
        return pooled.getConnection();
    }

    /** Closes what is kept of a database. */
    void close(String database) throws SQLException {
        synchronized (idle) {
            for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
                Idle one = all.next();
                if (one.database.equals(database)) {
                    all.remove();
                    one.connection.close();
                }
            }
        }
    }

    private @Nullable Idle take(String source) {
        synchronized (idle) {
            for (Iterator<Idle> last = idle.descendingIterator(); last.hasNext(); ) {
                Idle one = last.next();
                if (one.source.equals(source)) {
                    last.remove();
                    return one;
                }
            }
            return null;
        }
    }

    private void keep(Idle closed) {
        try {
            closed.connection.setAutoCommit(true);
            closed.connection.setReadOnly(false);
            try (Statement statement = closed.connection.createStatement()) {
                statement.execute(reset);
            }
            Idle surplus;
            synchronized (idle) {
                idle.addLast(closed);
                surplus = idle.size() > MOST ? idle.removeFirst() : null;
            }
            if (surplus != null) {
                surplus.connection.close();
            }
        } catch (SQLException broken) {
            try {
                closed.connection.close();
            } catch (SQLException alreadyClosed) {
                // nothing is left to be closed
            }
        }
    }
}
