package org.markwatch.text;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A trie of entries as their sorted list: a node is the range of entries that share a beginning. Nothing but the list is
 * stored, so thousands of entries cost little to compile. Immutable.
 */
final class SortedEntries {
    static final char ANY_LETTERS = '*';

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

    /**
     * A node.
     *
     * @param first the first entry of the range
     * @param last  the last entry of the range
     * @param depth length of the shared beginning in characters
     */
    record Node(int first, int last, int depth) {}

    Node root() {
        return new Node(0, entries.length - 1, 0);
    }

    /** Whether any letters lead back to a node. */
    boolean repeats(Node node) {
        return node.depth > 0 && entries[node.first].at(node.depth - 1) == ANY_LETTERS;
    }

    /** The node behind a character, or null. */
    @Nullable
    Node child(Node node, char letter) {
        int first = firstFrom(node, letter);
        return first > node.last || entries[first].at(node.depth) != letter
                ? null
                : new Node(first, firstFrom(node, letter + 1) - 1, node.depth + 1);
    }

    /** The first entry of a node that goes on with a character or a greater one. */
    private int firstFrom(Node node, int letter) {
        int low = node.first;
        int high = node.last + 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (entries[middle].at(node.depth) < letter) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Adds a node, and those behind any letters, of which there may be none. */
    void enter(@Nullable Node node, Set<Node> reached) {
        for (Node next = node; next != null; next = child(next, ANY_LETTERS)) {
            reached.add(next);
        }
    }

    /** The numbers of the entries that end at one of the nodes. */
    int[] ends(Set<Node> nodes) {
        return nodes.stream()
                .flatMap(node ->
                        Arrays.stream(entries, node.first, node.last + 1).takeWhile(entry -> entry.at(node.depth) < 0))
                .mapToInt(Entry::number)
                .distinct()
                .toArray();
    }
}
