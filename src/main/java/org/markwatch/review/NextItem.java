package org.markwatch.review;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.markwatch.queue.Claims;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.welfare.LaneOptOuts;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Claims the next item within the filter that the reviewer works with, which the session keeps. */
@Component
@ConditionalOnWebApplication(type = Type.SERVLET)
class NextItem {
    private static final String FILTER = NextItem.class.getName();

    private final Claims claims;
    private final LaneOptOuts optOuts;

    NextItem(Claims claims, LaneOptOuts optOuts) {
        this.claims = claims;
        this.optOuts = optOuts;
    }

    /** Sets the filter of a session. */
    static void within(ItemFilter filter, HttpSession session) {
        session.setAttribute(FILTER, filter);
    }

    /** Returns the filter of a session, under the present access of its account; all open items if none was chosen. */
    static ItemFilter filter(HttpSession session, String reviewer, LaneAccess access) {
        return session.getAttribute(FILTER) instanceof ItemFilter filter
                ? filter.within(access)
                : ItemFilter.open(reviewer, access);
    }

    /**
     * Claims the next item and returns the redirect to it; to the queue if there is none.
     *
     * @param done what was done before, as a sentence; may be empty
     */
    String redirect(
            HttpSession session,
            String reviewer,
            LaneAccess access,
            ConsoleWords words,
            RedirectAttributes redirect,
            String done) {
        ItemFilter filter = filter(session, reviewer, access.without(optOuts.of(reviewer)));
        Optional<Long> next = claims.nextWithin(filter, reviewer);
        String none = filter.isUnrestricted()
                ? words.text("queue.no-other-item-available")
                : words.text("queue.no-other-item-available-you", FilterText.of(filter, words));
        String notice = next.isPresent() ? done : (done + " " + none).strip();
        if (!notice.isEmpty()) {
            redirect.addFlashAttribute("notice", notice);
        }
        return next.map(id -> "redirect:/items/" + id).orElse("redirect:/queue");
    }
}
