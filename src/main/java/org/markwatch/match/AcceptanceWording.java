package org.markwatch.match;

/** How wording that says what is taken stands to a brand's name, and how much it says; what it is, is the wording's to say. */
final class AcceptanceWording {
    private AcceptanceWording() {}

    /** On which side of the wording the name stands. */
    enum Side {
        NAME_AFTER,
        NAME_BEFORE,
        EITHER
    }

    /** How much wording says by itself. */
    enum Strength {
        /** That the speaker takes the mark: {@code we accept}. */
        OWN,
        /** The same, where the page is no article about marks: {@code payment can be made by}. */
        SURE,
        /** That somebody takes it, the speaker where something is sold: {@code pay by}. */
        VAGUE,
        /** Something in a short text only: {@code payment}. */
        WEAK
    }
}
