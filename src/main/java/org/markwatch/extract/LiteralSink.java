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
     * Receives the short names that an array lists, or that are true in an object.
     *
     * @param path names of the list and of what holds it, separated by full stops, the outermost first; not empty
     * @param name name of the list
     */
    void list(String path, String name, List<String> entries);

    /** Receives the string of {@code push([1, "…"])}: a part of a stream that only the whole page has. */
    void streamPart(String text);
}
