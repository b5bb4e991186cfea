package org.markwatch.review;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Reads the position from which a list continues, entry {@code after} of a request. */
public final class PageCursor {
    private PageCursor() {}

    /**
     * Returns the position; null for the first page, if the entry is empty.
     *
     * @param parse returns empty for a text that is no position
     * @throws ResponseStatusException with status 400 if the entry cannot be read
     */
    public static <C> @Nullable C read(String after, Function<String, Optional<C>> parse) {
        if (after.isEmpty()) {
            return null;
        }
        return parse.apply(after)
                .orElseThrow(
                        () -> new ResponseStatusException(
                                HttpStatus.BAD_REQUEST,
                                "after must be the position that an earlier page names as the next; leave it out for the first page."));
    }
}
