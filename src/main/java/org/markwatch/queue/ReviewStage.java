package org.markwatch.queue;

import java.util.List;
import java.util.Locale;

/** How far the review of an open item is. */
public enum ReviewStage {
    /** Nobody has decided yet. */
    FIRST,
    /** One reviewer has decided, and another person is to decide without knowing it. */
    SECOND_REVIEW,
    /** Two reviewers have decided differently, and a third person is to decide. */
    ADJUDICATION;

    /** Returns the name in exports and on screens, for example {@code second review}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** @param reviewedBy accounts whose decisions wait, at most two */
    static ReviewStage of(List<String> reviewedBy) {
        return values()[reviewedBy.size()];
    }
}
