package org.markwatch.database;

/** The database cannot be used; the message is one line that says why and what to do. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A fault that is its own cause. */
    public DatabaseException(String message) {
        super(message);
    }

    /** A fault of the system below. */
    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
