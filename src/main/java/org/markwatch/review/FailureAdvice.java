package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.markwatch.queue.ItemConflictException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Shows the current state of an item after a conflict, for example with another claim, and says so if a screen needs more
 * than the database can do in time.
 */
@ControllerAdvice
@ConditionalOnWebApplication(type = Type.SERVLET)
class FailureAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(FailureAdvice.class);

    @ExceptionHandler
    Object conflict(
            ItemConflictException conflict,
            HttpServletRequest request,
            ConsoleWords words,
            RedirectAttributes redirect) {
        if (request.getHeader(ItemController.HTMX) != null) {
            return ResponseEntity.status(HttpStatus.CONFLICT)
                    .header("HX-Refresh", "true")
                    .build();
        }
        redirect.addFlashAttribute("problem", words.problem(conflict));
        Map<?, ?> variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Object id = variables.get("id");
        return id == null ? "redirect:/queue" : "redirect:/items/" + id;
    }

    @ExceptionHandler
    void timeout(QueryTimeoutException timeout, HttpServletResponse response) throws IOException {
        LOG.warn("A query of the console was cancelled: {}", timeout.getMessage());
        response.sendError(HttpStatus.SERVICE_UNAVAILABLE.value());
    }
}
