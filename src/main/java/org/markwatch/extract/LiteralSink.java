package org.markwatch.extract;

import java.util.List;

/** Receives what is found in the literals of a script. */
interface LiteralSink {
    /**
     * Receives a string.
     *
     * @param name property that holds the string or an array around it, or empty
     */
    void string(String name, String value);

    /**
     * Receives the payment methods that an array lists, or that are true in an object.
     *
     * @param name property that holds the array or object, or empty
     */
    void list(String name, List<String> methods);

    /** Receives the string of {@code push([1, "…"])}: a part of a stream that only the whole page has. */
    void streamPart(String text);
}
