package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was entered in a form without a draft whose session had ended when it was submitted: a change of the watchlist, a
 * receipt, or a reason for re-opening. The session that replaces it keeps the fields until the page shows them again.
 *
 * @param account account whose page had the form
 * @param page    path of that page
 */
record KeptForm(String account, String page, TreeMap<String, String> fields) implements Serializable {
    private static final String ATTRIBUTE = KeptForm.class.getName();
    private static final Pattern FORMS =
            Pattern.compile("(/watchlist/change)|(/items/[0-9]{1,18})/(?:action/done|reopen)");
    /** Largest number of characters of all fields. */
    private static final int MAX_LENGTH = 200_000;

    /** Returns whether a request is for a form whose fields can be kept. */
    static boolean isForm(HttpServletRequest request) {
        return FORMS.matcher(request.getRequestURI()).matches();
    }

    /** Returns what a request of an account has submitted; empty if it is for another form, or too long. */
    static Optional<KeptForm> of(HttpServletRequest request, String account) {
        Matcher form = FORMS.matcher(request.getRequestURI());
        TreeMap<String, String> fields = new TreeMap<>();
        request.getParameterMap().forEach((name, values) -> fields.put(name, values[0]));
        fields.keySet().removeIf(name -> name.startsWith("_")); // the token of the session that has ended
        int length = fields.entrySet().stream()
                .mapToInt(field -> field.getKey().length() + field.getValue().length())
                .sum();
        return form.matches() && length <= MAX_LENGTH
                ? Optional.of(new KeptForm(account, form.group(1) == null ? form.group(2) : form.group(1), fields))
                : Optional.empty();
    }

    void keepIn(HttpSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    /** Returns what a session keeps; null if there is nothing. */
    static @Nullable KeptForm in(HttpSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof KeptForm kept ? kept : null;
    }

    /**
     * Returns the page that shows what a session keeps, null if there is nothing of the account. Forgets what is of another
     * account.
     */
    static @Nullable String pageOf(HttpSession session, String account) {
        KeptForm kept = in(session);
        if (kept == null || !kept.account().equals(account)) {
            session.removeAttribute(ATTRIBUTE);
            return null;
        }
        return kept.page();
    }

    /** Returns the fields that a session keeps for a page, and forgets them; empty if there are none. */
    static Map<String, String> take(@Nullable HttpSession session, String page) {
        KeptForm kept = session == null ? null : in(session);
        if (session == null || kept == null || !kept.page().equals(page)) {
            return Map.of();
        }
        session.removeAttribute(ATTRIBUTE);
        return Map.copyOf(kept.fields());
    }
}
