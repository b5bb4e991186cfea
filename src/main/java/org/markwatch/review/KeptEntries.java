package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Drafts;

/**
 * The entries of a decision form whose session had ended when it was submitted. The session that replaces it keeps them
 * until somebody signs in, and their draft gets them.
 *
 * @param evidence as in {@link DecisionForm#evidence}
 */
record KeptEntries(FormSubject subject, TreeMap<String, String> fields, String evidence) implements Serializable {
    private static final String ATTRIBUTE = KeptEntries.class.getName();
    private static final int MAX_LENGTH = 20_000;
    /** How long an unknown visitor's entries are kept, in seconds. */
    private static final int SECONDS = 600;

    /** Keeps the entries of a request, if it has any and comes from a page of the console. */
    static void keep(HttpServletRequest request) {
        Optional<FormSubject> subject = FormSubject.of(request);
        if (!request.getMethod().equals("POST")
                || subject.isEmpty()
                || request.getParameter("draft") == null
                || !isFromConsole(request)) {
            return;
        }
        DecisionForm form = DecisionForm.of(request);
        TreeMap<String, String> fields = new TreeMap<>(form.fields());
        if (fields.values().stream().mapToInt(String::length).sum() > MAX_LENGTH) {
            return;
        }
        HttpSession session = request.getSession();
        session.setMaxInactiveInterval(SECONDS);
        session.setAttribute(ATTRIBUTE, new KeptEntries(subject.get(), fields, form.evidence()));
    }

    /** Returns the item or cluster whose entries a session keeps; null if there are none. */
    static @Nullable FormSubject subjectOf(HttpSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof KeptEntries kept ? kept.subject() : null;
    }

    /**
     * Saves the entries of a session, if there are any, as the draft of an account.
     *
     * @return the item or cluster, null if there are no entries
     */
    static @Nullable FormSubject save(HttpSession session, String account, Drafts drafts) {
        session.setMaxInactiveInterval((int) ReviewConfiguration.IDLE.toSeconds());
        if (!(session.getAttribute(ATTRIBUTE) instanceof KeptEntries kept)) {
            return null;
        }
        session.removeAttribute(ATTRIBUTE);
        kept.subject().save(drafts, account, Map.copyOf(kept.fields()), kept.evidence());
        return kept.subject();
    }

    /** Returns whether a browser sent the request from a page of the console, not from another site. */
    private static boolean isFromConsole(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        if (site != null || origin == null) {
            return site == null || site.equals("same-origin");
        }
        try {
            return String.valueOf(URI.create(origin).getAuthority()).equals(request.getHeader("Host"));
        } catch (IllegalArgumentException e) {
            return false; // not a URI, so not from the console
        }
    }
}
