package org.markwatch.cli;

/** Something typed or given that cannot be used; the message says what is allowed. */
final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInputException(String message) {
        super(message);
    }
}
