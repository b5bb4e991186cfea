package org.markwatch.brand;

/** Takes the places of a word group. */
@FunctionalInterface
public interface GroupSink {
    /**
     * Takes a place.
     *
     * @param passage index of the passage
     * @param start   offset of the first character in the passage
     * @param end     offset after the last character
     */
    void add(int passage, int start, int end);
}
