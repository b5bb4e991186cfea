package org.markwatch.review.api;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Checks the size of a page of a list. */
final class ApiPage {
    private ApiPage() {}

    /**
     * Returns a limit.
     *
     * @throws ResponseStatusException with status 400 if it is not 1 to {@code most}
     */
    static int limit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "limit must be 1 to " + most + ".");
        }
        return limit;
    }
}
