package org.markwatch.cli;

/** Invalid input on the command line or in a file that it names. The message contains the value and what is allowed. */
final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInputException(String message) {
        super(message);
    }
}
