package org.markwatch.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.LexiconEntry;

/**
 * Finds the entries of many lexicon categories in a text in one pass.
 *
 * <p>An entry is found in any case. It begins and ends where words do; an entry that begins in a script without spaces is
 * found anywhere. {@code pay*} takes any ending of letters and {@code *card} any beginning, {@code (a|b)} either
 * alternative, {@code x?} x or nothing, and an apostrophe each of its forms.
 *
 * <p>The entries are a trie in a double array (Aoe, IEEE Transactions on Software Engineering 15, 1989). All nodes that
 * a text may have reached are followed at once, so no place is read again for another entry, and the work is bounded by
 * the length of the text times that of the longest entry. Immutable; for any number of threads.
 *
 * @param <T> what an entry stands for, such as its category
 */
public final class EntryTrie<T> {
    private static final char ANY_LETTERS = '*';
    /** Most characters of a place in a script without spaces, where an entry may begin at every character. */
    private static final int MAX_UNSPACED_CHARS = 200;

    private static final int IN_WORDS = 0;
    private static final int IN_RUNS = 1;

    /** Number of a character by its value, of both cases; 0 if no entry has it. */
    private final char[] codes;
    /** By node, where its children begin; the child of a code is at the sum, if its parent is the node. */
    private final int[] base;

    private final int[] parent;
    /** By node, the node behind any letters, or 0. */
    private final int[] open;
    /** By node, whether any letters lead back to it. */
    private final boolean[] repeats;
    /** By node, what the entries that end there stand for. */
    private final int[] @Nullable [] ends;

    private final List<T> ids;

    private EntryTrie(Builder<T> builder) {
        Layout layout = new Layout(builder);
        codes = layout.codes;
        base = layout.base;
        parent = layout.parent;
        open = layout.open;
        repeats = layout.repeats;
        ends = layout.ends;
        ids = List.copyOf(builder.ids.keySet());
    }

    /** Returns the longest entry of each id at each place of a text. */
    public EntrySpans<T> scan(String text) {
        EntrySpans<T> spans = new EntrySpans<>(ids);
        Walk walk = new Walk(text, spans);
        boolean insideWord = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!insideWord) {
                walk.from(at, IN_WORDS, text.length());
            }
            if (Letters.isUnspaced(c)) {
                walk.from(at, IN_RUNS, Math.min(text.length(), at + MAX_UNSPACED_CHARS));
            }
            insideWord = Letters.isOfWord(c);
        }
        return spans;
    }

    /** The nodes that the text from a place on has reached. */
    private final class Walk {
        private final String text;
        private final EntrySpans<T> spans;
        private int[] nodes = new int[8];
        private int[] before = new int[8];
        private int count;

        Walk(String text, EntrySpans<T> spans) {
            this.text = text;
            this.spans = spans;
        }

        void from(int start, int root, int limit) {
            count = 0;
            enter(root);
            for (int at = start; at < limit && count > 0; ) {
                step(text.charAt(at++));
                if (root == IN_RUNS || at == text.length() || !Letters.isOfWord(text.charAt(at))) {
                    report(start, at);
                }
            }
        }

        private void step(char c) {
            int code = codes[c];
            int[] from = nodes;
            int n = count;
            nodes = before;
            before = from;
            count = 0;
            for (int i = 0; i < n; i++) {
                int node = from[i];
                if (repeats[node] && Character.isLetter(c)) {
                    enter(node);
                }
                int child = base[node] + code;
                if (code > 0 && parent[child] == node) {
                    enter(child);
                }
            }
        }

        private void enter(int node) {
            add(node);
            for (int behind = open[node]; behind > 0; behind = open[behind]) {
                add(behind);
            }
        }

        private void add(int node) {
            if (repeats[node]) {
                // the only nodes that two lead to
                for (int i = 0; i < count; i++) {
                    if (nodes[i] == node) {
                        return;
                    }
                }
            }
            if (count == nodes.length) {
                nodes = Arrays.copyOf(nodes, 2 * count);
                before = Arrays.copyOf(before, 2 * count);
            }
            nodes[count++] = node;
        }

        private void report(int start, int end) {
            for (int i = 0; i < count; i++) {
                int[] ended = ends[nodes[i]];
                if (ended != null) {
                    for (int id : ended) {
                        spans.add(id, start, end);
                    }
                }
            }
        }
    }

    /** Collects entries. */
    public static final class Builder<T> {
        private final Node inWords = new Node();
        private final Node inRuns = new Node();
        private final Map<T, Integer> ids = new LinkedHashMap<>();

        /**
         * Adds an entry. A variant that has no character but {@code *} is found nowhere.
         *
         * @throws IllegalArgumentException if it has too many variants, see {@link LexiconEntry#expand}
         */
        public Builder<T> add(String entry, T id) {
            int number = ids.computeIfAbsent(id, unknown -> ids.size());
            for (String variant : LexiconEntry.expand(entry)) {
                if (variant.chars().anyMatch(c -> c != ANY_LETTERS)) {
                    Node node = Letters.isUnspaced(variant.charAt(0)) ? inRuns : inWords;
                    for (char c : variant.toCharArray()) {
                        node = node.children.computeIfAbsent(Letters.plain(c), unknown -> new Node());
                    }
                    node.add(number);
                }
            }
            return this;
        }

        /** Compiles what has been added. */
        public EntryTrie<T> build() {
            return new EntryTrie<>(this);
        }
    }

    private static final class Node {
        final TreeMap<Character, Node> children = new TreeMap<>();
        int @Nullable [] ids;

        void add(int id) {
            int[] all = ids == null ? new int[1] : Arrays.copyOf(ids, ids.length + 1);
            all[all.length - 1] = id;
            ids = ids != null && Arrays.stream(ids).anyMatch(one -> one == id) ? ids : all;
        }
    }

    /** Puts nodes into the arrays. */
    private static final class Layout {
        final char[] codes = new char[Character.MAX_VALUE + 1];
        int[] base = {};
        int[] parent = {};
        int[] open = {};
        boolean[] repeats = {};
        int[] @Nullable [] ends = {};

        private int lastCode;
        private int firstFree = IN_RUNS + 1;

        Layout(Builder<?> builder) {
            grow(IN_RUNS + 1);
            put(builder.inWords, IN_WORDS);
            put(builder.inRuns, IN_RUNS);
            for (int c = 0; c < codes.length; c++) {
                codes[c] = codes[Letters.plain((char) c)];
            }
            codes[ANY_LETTERS] = 0; // in a text it is a character as any other
            // every node may be asked for the child of every code
            grow(base.length + lastCode + 1);
        }

        private void put(Node node, int slot) {
            ends[slot] = node.ids;
            List<Character> letters = new ArrayList<>(node.children.keySet());
            int[] offsets = new int[letters.size()];
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = code(letters.get(i));
            }
            if (offsets.length == 0) {
                return;
            }
            int first = freeBase(offsets); // which may make the arrays longer
            base[slot] = first;
            for (int offset : offsets) {
                parent[first + offset] = slot;
            }
            int i = 0;
            for (Map.Entry<Character, Node> child : node.children.entrySet()) {
                int at = first + offsets[i++];
                if (child.getKey() == ANY_LETTERS) {
                    open[slot] = at;
                    repeats[at] = true;
                }
                put(child.getValue(), at);
            }
        }

        private int code(char letter) {
            if (codes[letter] == 0) {
                codes[letter] = (char) ++lastCode;
            }
            return codes[letter];
        }

        private int freeBase(int[] offsets) {
            while (firstFree < parent.length && parent[firstFree] >= 0) {
                firstFree++;
            }
            int least = Arrays.stream(offsets).min().orElseThrow();
            int most = Arrays.stream(offsets).max().orElseThrow();
            for (int at = Math.max(0, firstFree - least); ; at++) {
                grow(at + most + 1);
                boolean free = true;
                for (int offset : offsets) {
                    free &= parent[at + offset] < 0;
                }
                if (free) {
                    return at;
                }
            }
        }

        private void grow(int size) {
            if (size <= base.length) {
                return;
            }
            int known = base.length;
            int capacity = Math.max(size, known + known / 2);
            base = Arrays.copyOf(base, capacity);
            open = Arrays.copyOf(open, capacity);
            repeats = Arrays.copyOf(repeats, capacity);
            ends = Arrays.copyOf(ends, capacity);
            parent = Arrays.copyOf(parent, capacity);
            Arrays.fill(parent, known, capacity, -1);
        }
    }
}
