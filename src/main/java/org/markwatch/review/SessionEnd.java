package org.markwatch.review;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;

/**
 * Redirects requests without a session to the sign-in page, and keeps the page that they ask for and the entries of a form. A
 * session that has ended has no CSRF token either, so such a request may fail at the check of the token first.
 */
final class SessionEnd implements AuthenticationEntryPoint, AccessDeniedHandler {
    private static final String SIGN_IN = "/sign-in";

    private final AuthenticationEntryPoint signIn = new LoginUrlAuthenticationEntryPoint(SIGN_IN);
    private final AccessDeniedHandler denied = new AccessDeniedHandlerImpl();
    private final DeviceCookies devices;

    SessionEnd(DeviceCookies devices) {
        this.devices = devices;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if (!redirects(request, response)) {
            RequestedPage.remember(request, response);
            signIn.commence(request, response, failure);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException, ServletException {
        Authentication account = SecurityContextHolder.getContext().getAuthentication();
        boolean signedIn = account != null && !(account instanceof AnonymousAuthenticationToken);
        boolean hasForm = request.getRequestURI().startsWith("/items/")
                || FormSubject.of(request).isPresent()
                || KeptForm.isForm(request);
        if (!signedIn && request.getRequestURI().equals(SIGN_IN)) {
            response.sendRedirect("/sign-in?stale"); // its page was open for longer than its session
        } else if (signedIn || !hasForm) {
            denied.handle(request, response, failure);
        } else if (!redirects(request, response)) {
            response.sendRedirect(SIGN_IN);
        }
    }

    /** Keeps the entries of a request, and redirects one of htmx, which would insert the sign-in page into the current one. */
    private boolean redirects(HttpServletRequest request, HttpServletResponse response) {
        KeptEntries.keep(request, devices);
        if (request.getHeader(ItemController.HTMX) == null) {
            return false;
        }
        response.setHeader("HX-Redirect", SIGN_IN);
        response.setStatus(HttpStatus.UNAUTHORIZED.value());
        return true;
    }
}
