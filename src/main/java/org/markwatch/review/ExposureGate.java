package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Drafts;
import org.markwatch.queue.welfare.Exposure;
import org.markwatch.queue.welfare.Standing;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Counts requests about an item or a cluster as work, and opens none, and deals no item, to an account that has a break or has
 * used up its day.
 * What such a request has entered is kept, and the items of the account are released.
 */
final class ExposureGate implements HandlerInterceptor {
    /** How long before a break the pages say so. */
    private static final Duration NOTICE = Duration.ofMinutes(5);

    /** Routes that show text of pages, decide on them, or deal an item. */
    static final List<String> ROUTES = List.of("/items/**", "/clusters/*/**", "/queue/next");

    private static final String LEFT = ExposureGate.class.getName();

    private final Exposure exposure;
    private final Claims claims;
    private final Drafts drafts;

    ExposureGate(Exposure exposure, Claims claims, Drafts drafts) {
        this.exposure = exposure;
        this.claims = claims;
        this.drafts = drafts;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Authentication account = SecurityContextHolder.getContext().getAuthentication();
        if (account == null) {
            return true;
        }
        String name = account.getName();
        // the pattern, because a path has more than one spelling
        String route = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        Standing standing = route.contains("/{id}") ? exposure.record(name) : exposure.standing(name);
        if (standing.until() == null) {
            request.setAttribute(LEFT, standing.left());
            return true;
        }
        keepEntries(request, name);
        claims.releaseAll(name, standing.dayIsOver() ? "time of the day is used up" : "break");
        if (request.getHeader(ItemController.HTMX) == null) {
            response.sendRedirect("/break");
        } else {
            response.setHeader("HX-Redirect", "/break");
            response.setStatus(HttpStatus.FORBIDDEN.value());
        }
        return false;
    }

    private void keepEntries(HttpServletRequest request, String account) {
        DecisionForm form = DecisionForm.of(request);
        if (form.isSubmitted()) {
            FormSubject.of(request).ifPresent(subject -> subject.save(drafts, account, form.fields(), form.evidence()));
        }
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView view) {
        if (view != null && request.getAttribute(LEFT) instanceof Duration left && left.compareTo(NOTICE) <= 0) {
            String name = view.getViewName();
            if (name != null && !name.startsWith("redirect:")) {
                view.addObject("breakIn", Math.max(1, left.toMinutes()));
            }
        }
    }
}
