package org.markwatch.queue;

/** A refusal that people read. The message of the exception is the same sentence in English. */
public sealed interface Refusal permits EntryException, ItemConflictException {
    /** Returns why, and what to do next. */
    Sentence sentence();
}
