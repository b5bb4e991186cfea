package org.markwatch.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.LongStream;

/**
 * A trie of entries as their sorted list: a node is the range of entries that share a beginning. Nothing but the list is
 * stored, so thousands of entries cost little to compile. A node is given as a number, since a text reaches millions of them: the
 * index of its first entry, the one behind its last, and the length of the shared beginning. Immutable.
 */
final class SortedEntries {
    static final char ANY_LETTERS = '*';
    /** No node. */
    static final long NONE = -1;

    private static final int END_BITS = 24;
    private static final int DEPTH_BITS = 16;

    private final Entry[] entries;

    /**
     * Creates the trie.
     *
     * @param entries with letters as {@link Letters#plain} gives them
     */
    SortedEntries(Collection<Entry> entries) {
        Entry[] sorted = entries.toArray(Entry[]::new);
        Arrays.sort(sorted);
        int distinct = 0;
        for (Entry entry : sorted) {
            if (distinct == 0 || !entry.equals(sorted[distinct - 1])) {
                sorted[distinct++] = entry;
            }
        }
        if (distinct >= 1 << END_BITS - 1) {
            throw new IllegalArgumentException(distinct + " entries; must be fewer than " + (1 << END_BITS - 1));
        }
        this.entries = Arrays.copyOf(sorted, distinct);
    }

    /**
     * One entry.
     *
     * @param letters its characters; {@value #ANY_LETTERS} stands for any letters
     * @param number  what to report
     */
    record Entry(String letters, int number) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int order = letters.compareTo(other.letters);
            return order != 0 ? order : Integer.compare(number, other.number);
        }

        /** Its characters but for {@value #ANY_LETTERS}. */
        String characters() {
            return letters.replace(String.valueOf(ANY_LETTERS), "");
        }

        /** The character at an offset, -1 at the end. */
        int at(int offset) {
            return offset < letters.length() ? letters.charAt(offset) : -1;
        }
    }

    /** The whole trie. */
    long root() {
        return node(0, entries.length, 0);
    }

    private static long node(int first, int end, int depth) {
        return (long) first << END_BITS + DEPTH_BITS | (long) end << DEPTH_BITS | depth;
    }

    private static int first(long node) {
        return (int) (node >>> END_BITS + DEPTH_BITS);
    }

    private static int end(long node) {
        return (int) (node >>> DEPTH_BITS) & (1 << END_BITS) - 1;
    }

    private static int depth(long node) {
        return (int) node & (1 << DEPTH_BITS) - 1;
    }

    /** Whether any letters lead back to a node. */
    boolean repeats(long node) {
        return depth(node) > 0 && entries[first(node)].at(depth(node) - 1) == ANY_LETTERS;
    }

    /** The node behind a character, or {@link #NONE}. */
    long child(long node, char letter) {
        int first = firstFrom(node, letter);
        return first == end(node) || entries[first].at(depth(node)) != letter
                ? NONE
                : node(first, firstFrom(node, letter + 1), depth(node) + 1);
    }

    /** The first entry of a node that goes on with a character or a greater one. */
    private int firstFrom(long node, int letter) {
        int low = first(node);
        int high = end(node);
        while (low < high) {
            int middle = low + high >>> 1;
            if (entries[middle].at(depth(node)) < letter) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Adds a node, and those behind any letters, of which there may be none. */
    void enter(long node, LongStream.Builder reached) {
        for (long next = node; next != NONE; next = child(next, ANY_LETTERS)) {
            reached.add(next);
        }
    }

    /** The numbers of the entries that end at one of the nodes. */
    int[] ends(long[] nodes) {
        return Arrays.stream(nodes)
                .boxed()
                .flatMap(node ->
                        Arrays.stream(entries, first(node), end(node)).takeWhile(entry -> entry.at(depth(node)) < 0))
                .mapToInt(Entry::number)
                .distinct()
                .toArray();
    }
}
