package org.markwatch.review;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests whose parameters cannot be decoded or are too many, before anything reads them: the container would log
 * each as a fault of the program. The page of errors cannot be requested by itself.
 */
@Component
@ConditionalOnWebApplication(type = Type.SERVLET)
@Order(Ordered.HIGHEST_PRECEDENCE + 10) // after the filter that sets the encoding
final class UnreadableRequestFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().equals("/error")) {
            response.sendError(HttpStatus.NOT_FOUND.value());
            return;
        }
        try {
            request.getParameterMap();
        } catch (InvalidParameterException unreadable) {
            response.sendError(unreadable.getErrorCode());
            return;
        }
        chain.doFilter(request, response);
    }
}
