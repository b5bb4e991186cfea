package org.markwatch.text;

/** Takes what an index finds. */
@FunctionalInterface
public interface Hits {
    /**
     * @param target what the caller registered with the pattern
     * @param start  offset in the folded text
     * @param end    offset after the last character
     */
    void add(int target, int start, int end);
}
