package org.markwatch.review.api;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Answers requests to the API that reach no controller as {@code application/problem+json} (RFC 9457): unknown routes, and
 * what cannot be read. It runs where the container forwards such a request to the page of errors.
 */
final class ApiErrorFilter implements Filter {
    private final ApiProblems problems;

    ApiErrorFilter(ApiProblems problems) {
        this.problems = problems;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        if (path.startsWith("/api/")
                && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                && response instanceof HttpServletResponse answer) {
            HttpStatus status = HttpStatus.resolve(code);
            problems.write(answer, status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status, detail(status));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static String detail(@Nullable HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "There is no such route; see openapi.yaml.";
            case BAD_REQUEST -> "The path or a parameter has a value that is not allowed; see openapi.yaml.";
            case INTERNAL_SERVER_ERROR -> "The request failed; the log of the console has the cause.";
            case null, default -> "The request cannot be answered.";
        };
    }
}
