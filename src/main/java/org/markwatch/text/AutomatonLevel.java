package org.markwatch.text;

import java.util.Arrays;

/** States of an {@link Automaton} of one depth with the sorted patterns that pass through them. */
final class AutomatonLevel {
    int[] states;
    int[] from;
    int[] to;
    int count;

    AutomatonLevel(int size) {
        states = new int[size];
        from = new int[size];
        to = new int[size];
    }

    void add(int state, int first, int last) {
        if (count == states.length) {
            states = Arrays.copyOf(states, count * 2);
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
        }
        states[count] = state;
        from[count] = first;
        to[count++] = last;
    }
}
