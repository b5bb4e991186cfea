package org.markwatch.watchlist;

/** A value that is not what its key allows. The message says what is allowed, and goes behind 'key=value; '. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String allowed) {
        super(allowed, null, false, false);
    }

    String allowed() {
        return String.valueOf(getMessage());
    }
}
