package org.markwatch.watchlist;

/** A value that is not what its key allows. The message says what is allowed, and goes behind 'key=value; '. */
final class MalformedValueException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedValueException(String allowed) {
        super(allowed, null, false, false);
    }

    String allowed() {
        return String.valueOf(getMessage());
    }
}
