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
 * until somebody signs in. If it is the account whose page had the form, its draft gets them; otherwise they are forgotten.
 *
 * @param account  account whose page had the form
 * @param evidence as in {@link DecisionForm#evidence}
 */
record KeptEntries(String account, FormSubject subject, TreeMap<String, String> fields, String evidence)
        implements Serializable {
    private static final String ATTRIBUTE = KeptEntries.class.getName();
    private static final int MAX_LENGTH = 20_000;

    /**
     * Keeps the entries of a request, also as {@link KeptForm}, if it has any, comes from a page of the console, and from a
     * browser from which the account of that page has signed in. A stranger cannot fill the memory with sessions that have
     * entries.
     */
    static void keep(HttpServletRequest request, DeviceCookies devices) {
        String account = request.getParameter("account");
        if (!request.getMethod().equals("POST")
                || account == null
                || devices.deviceOf(account, request).isEmpty()
                || !isFromConsole(request)) {
            return;
        }
        KeptForm.of(request, account).ifPresent(form -> form.keepIn(request.getSession()));
        Optional<FormSubject> subject = FormSubject.of(request);
        if (subject.isEmpty() || request.getParameter("draft") == null) {
            return;
        }
        DecisionForm form = DecisionForm.of(request);
        TreeMap<String, String> fields = new TreeMap<>(form.fields());
        if (fields.values().stream().mapToInt(String::length).sum() > MAX_LENGTH) {
            return;
        }
        request.getSession().setAttribute(ATTRIBUTE, new KeptEntries(account, subject.get(), fields, form.evidence()));
    }

    /** Returns the item or cluster whose entries a session keeps; null if there are none. */
    static @Nullable FormSubject subjectOf(HttpSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof KeptEntries kept ? kept.subject() : null;
    }

    /**
     * Saves the entries of a session, if there are any of an account, as its draft. Forgets those of another account.
     *
     * @return the item or cluster, null if there are no entries of the account
     */
    static @Nullable FormSubject save(HttpSession session, String account, Drafts drafts) {
        if (!(session.getAttribute(ATTRIBUTE) instanceof KeptEntries kept)) {
            return null;
        }
        session.removeAttribute(ATTRIBUTE);
        if (!kept.account().equals(account)) {
            return null;
        }
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
