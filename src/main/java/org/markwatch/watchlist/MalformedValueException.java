package org.markwatch.watchlist;

/** Thrown for a value that its key does not allow. The message states what is allowed and completes 'key=value; '. */
final class MalformedValueException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedValueException(String allowed) {
        super(allowed, null, false, false);
    }

    /** Returns the message. */
    String allowed() {
        return String.valueOf(getMessage());
    }
}
