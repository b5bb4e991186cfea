package org.markwatch.database;

/** Thrown if the database cannot be used. The message is one line with the cause and what to do. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public DatabaseException(String message) {
        super(message);
    }

    /** Creates an exception with a cause. */
    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
