package org.markwatch.queue;

/** Thrown when the state of an item does not allow an action; the message is a sentence for the reviewer. */
public final class ItemConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates a conflict; the message says what to do next. */
    public ItemConflictException(String message) {
        super(message);
    }
}
