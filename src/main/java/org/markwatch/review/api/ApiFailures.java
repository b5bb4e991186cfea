package org.markwatch.review.api;

import org.jspecify.annotations.Nullable;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.ItemConflictException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers the faults of controllers that answer with data as {@code application/problem+json} (RFC 9457). */
@RestControllerAdvice(annotations = RestController.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ApiFailures extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ApiFailures.class);

    @ExceptionHandler
    ProblemDetail conflict(ItemConflictException conflict) {
        return problem(HttpStatus.CONFLICT, conflict.getMessage());
    }

    @ExceptionHandler
    ProblemDetail entry(EntryException entry) {
        return problem(HttpStatus.BAD_REQUEST, entry.getMessage());
    }

    @ExceptionHandler
    ProblemDetail status(ResponseStatusException fault) {
        return problem(fault.getStatusCode(), fault.getReason());
    }

    @ExceptionHandler
    ProblemDetail value(MethodArgumentTypeMismatchException fault) {
        return problem(
                HttpStatus.BAD_REQUEST, "The value of '" + fault.getName() + "' is not allowed; see openapi.yaml.");
    }

    @ExceptionHandler
    ProblemDetail timeout(QueryTimeoutException timeout) {
        LOG.warn("A query of the API was cancelled: {}", timeout.getMessage());
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The database took more than five seconds. Narrow the filter, or try again.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return handleExceptionInternal(
                unreadable,
                problem(status, "The body must be JSON as openapi.yaml describes it."),
                headers,
                status,
                request);
    }

    private static ProblemDetail problem(HttpStatusCode status, @Nullable String detail) {
        return ProblemDetail.forStatusAndDetail(status, detail == null ? "The request cannot be answered." : detail);
    }
}
