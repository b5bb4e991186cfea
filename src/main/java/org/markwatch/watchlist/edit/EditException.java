package org.markwatch.watchlist.edit;

/** Thrown if a file cannot be changed as asked. The message says why and what to do, in words for people. */
public final class EditException extends Exception {
    private static final long serialVersionUID = 1L;

    EditException(String message) {
        super(message);
    }
}
