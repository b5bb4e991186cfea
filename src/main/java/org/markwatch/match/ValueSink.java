package org.markwatch.match;

/** Takes what is found in a passage. */
@FunctionalInterface
interface ValueSink {
    /**
     * @param start offset in the passage's text
     * @param end   offset after the last character
     */
    void add(int indicator, int start, int end);
}
