package org.markwatch.review.api;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Checks parameters of requests. */
final class ApiPage {
    private ApiPage() {}

    /**
     * Returns a limit.
     *
     * @throws ResponseStatusException with status 400 if it is not 1 to {@code most}
     */
    static int limit(int limit, int most) {
        return number("limit", limit, most);
    }

    /**
     * Returns the value of a parameter.
     *
     * @throws ResponseStatusException with status 400 if it is not 1 to {@code most}
     */
    static int number(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, name + " must be 1 to " + most + ".");
        }
        return value;
    }

    /**
     * Returns the one of some choices that has a label.
     *
     * @throws ResponseStatusException with status 400 if none has
     */
    static <T> T choice(String name, String value, T[] choices, Function<T, String> label) {
        return Arrays.stream(choices)
                .filter(choice -> label.apply(choice).equals(value))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        name + " must be one of "
                                + Arrays.stream(choices).map(label).collect(Collectors.joining(", ")) + "."));
    }
}
