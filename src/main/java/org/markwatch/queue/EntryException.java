package org.markwatch.queue;

/** Thrown for an entry that is missing or not allowed. */
public final class EntryException extends IllegalArgumentException implements Refusal {
    private static final long serialVersionUID = 1L;

    private final transient Sentence sentence;

    /** Creates a refusal; the sentence says what is allowed. */
    public EntryException(Sentence sentence) {
        super(sentence.english());
        this.sentence = sentence;
    }

    /** Creates a refusal of what cannot be read. */
    public EntryException(Sentence sentence, Throwable cause) {
        super(sentence.english(), cause);
        this.sentence = sentence;
    }

    @Override
    public Sentence sentence() {
        return sentence;
    }
}
