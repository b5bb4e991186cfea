package org.markwatch.review;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Decisions;

/**
 * The last decision of a session, which the reviewer can take back for a while.
 *
 * @param text what was decided, as a sentence
 * @param at   when
 */
record LastDecision(long itemId, long decisionId, String text, Instant at) implements Serializable {
    private static final String ATTRIBUTE = LastDecision.class.getName();

    /** Returns the last decision of a session if it can be taken back; otherwise null. */
    static @Nullable LastDecision of(HttpSession session, Clock clock) {
        return session.getAttribute(ATTRIBUTE) instanceof LastDecision last
                        && last.at().plus(Decisions.UNDO).isAfter(clock.instant())
                ? last
                : null;
    }

    void keepIn(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    static void forget(HttpSession session) {
        session.removeAttribute(ATTRIBUTE);
    }

    /** Forgets the last decision if it is about an item that is open again. */
    static void forget(HttpSession session, long itemId) {
        if (session.getAttribute(ATTRIBUTE) instanceof LastDecision last && last.itemId() == itemId) {
            forget(session);
        }
    }
}
