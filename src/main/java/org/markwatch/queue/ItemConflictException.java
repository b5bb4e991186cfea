package org.markwatch.queue;

/** Thrown when the state of an item does not allow an action. */
public final class ItemConflictException extends RuntimeException implements Refusal {
    private static final long serialVersionUID = 1L;

    private final transient Sentence sentence;

    /** Creates a conflict; the sentence says what to do next. */
    public ItemConflictException(Sentence sentence) {
        super(sentence.english());
        this.sentence = sentence;
    }

    @Override
    public Sentence sentence() {
        return sentence;
    }
}
