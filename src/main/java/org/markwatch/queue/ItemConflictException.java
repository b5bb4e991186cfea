package org.markwatch.queue;

/** A step that the state of an item does not allow; the message is a sentence for the person who took it. */
public final class ItemConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ItemConflictException(String message) {
        super(message);
    }
}
