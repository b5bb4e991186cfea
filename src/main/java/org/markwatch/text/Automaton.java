package org.markwatch.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds strings anywhere in a text in one pass: the automaton of Aho and Corasick (CACM 18, 1975) in a double array (Aoe 1989).
 *
 * <p>For what has no word bounds: scripts without spaces, host names, literals of regular expressions. Most places of a text
 * begin no pattern, which a set of the patterns' first three characters tells before the automaton is asked (as in Wu and
 * Manber, TR-94-17). Linear in the text. Immutable, for any number of threads.
 */
public final class Automaton {
    /** Characters that tell whether a pattern may begin. */
    private static final int OPENING = 3;

    private static final int OPENINGS = 1 << 16;

    /** Code of a character among those that occur in patterns, from 1; 0 for all others. */
    private final char[] codes = new char[Character.MAX_VALUE + 1];
    /** Children of a state s are at base[s] + code, if check there is s. State 0 is the root. */
    private int[] base;

    private int[] check;
    private int[] fail;
    /** First pattern that ends in a state, plus 1; 0 for none. */
    private int[] ends;
    /** Nearest state on the failure path in which a pattern ends, 0 for none. */
    private int[] shorter;

    /** Length of what has been read in a state, {@link #OPENING} for all that is longer. */
    private byte[] depths;
    /** By state, the characters with which a pattern may stand behind it, as bits: all if one ends there, else those not ASCII. */
    private long[] enough;

    /** Hashes of the first characters of patterns, as a set of bits. */
    private final long[] openings = new long[OPENINGS / Long.SIZE];
    /** Whether a pattern shorter than an opening may begin with a character, by its last bits. */
    private final boolean[] shortFrom = new boolean[1 << 10];

    private final WordOpenings wordOpenings;
    private final int[] nextSame;
    private final int[] lengths;
    private final int[] targets;

    private Automaton(String[] patterns, int[] patternTargets) {
        int n = patterns.length;
        lengths = new int[n];
        targets = patternTargets;
        nextSame = new int[n];
        int letters = 0;
        int size = 64;
        for (int p = 0; p < n; p++) {
            lengths[p] = patterns[p].length();
            size += lengths[p];
            for (int i = 0; i < lengths[p]; i++) {
                char c = patterns[p].charAt(i);
                if (codes[c] == 0) {
                    codes[c] = (char) ++letters;
                }
            }
        }
        wordOpenings = new WordOpenings(
                Arrays.stream(patterns).filter(Automaton::isOfAscii).toArray(String[]::new));
        for (String pattern : patterns) {
            if (pattern.length() < OPENING) {
                shortFrom[pattern.charAt(0) & shortFrom.length - 1] = true;
            } else {
                int hash = opening(pattern.charAt(0), pattern.charAt(1), pattern.charAt(2));
                openings[hash >> 6] |= 1L << hash;
            }
        }
        size += letters;
        base = new int[size];
        check = new int[size];
        Arrays.fill(check, -1);
        fail = new int[size];
        ends = new int[size];
        shorter = new int[size];
        depths = new byte[size];
        enough = new long[size];
        if (n > 0) {
            new Construction(patterns).run();
        }
    }

    /**
     * Reports every pattern at every place where it stands.
     *
     * @param length offset after the last character
     */
    public void scan(char[] chars, int from, int length, Hits hits) {
        if (targets.length == 0) {
            return;
        }
        int state = 0;
        int reported = 0;
        int i = nextOpening(chars, from, length);
        while (i < length) {
            int code = codes[chars[i]];
            int next = code == 0 ? -1 : child(state, code);
            if (next >= 0) {
                state = next;
                i++;
                if (i > reported) {
                    reported = i;
                    report(state, i, hits);
                }
            } else if (state == 0) {
                i = nextOpening(chars, i + 1, length);
            } else {
                state = fail[state];
                if (depths[state] < OPENING) {
                    // what is left is too short to tell; it is read again only if a pattern may begin with it
                    i = nextOpening(chars, i - depths[state], length);
                    state = 0;
                }
            }
        }
    }

    /** Whether one of the strings stands in a folded text. */
    public boolean isIn(String folded) {
        char[] chars = folded.toCharArray();
        boolean[] any = new boolean[1];
        scan(chars, 0, chars.length, (target, start, end) -> any[0] = true);
        return any[0];
    }

    boolean isEmpty() {
        return targets.length == 0;
    }

    /** Whether a text that has a string may have no letter of another script. */
    private static boolean isOfAscii(String folded) {
        return folded.chars()
                .allMatch(
                        c -> c < 0x80 || Folding.CLASSES[c] != Folding.WORD && Folding.CLASSES[c] != Folding.UNSPACED);
    }

    /**
     * Collects the words at which a pattern stands; of one that has more than ASCII, as far as that is not reached. In texts with
     * letters of other scripts some are left out.
     */
    void findCandidates(Words words, Candidates candidates) {
        int[] found = candidates.begin(words);
        int n = isEmpty() ? 0 : wordOpenings.find(words, found);
        int left = 0;
        for (int i = 0; i < n; i++) {
            if (mayStand(words.bytes(), words.start(found[i]))) {
                found[left++] = found[i];
            }
        }
        candidates.end(left);
    }

    private boolean mayStand(FoldedBytes bytes, int from) {
        int state = 0;
        for (int i = from; ; i++) {
            int code = codes[bytes.ascii(i)];
            state = code == 0 ? -1 : child(state, code);
            if (state < 0) {
                return false;
            }
            if ((enough[state] >>> bytes.ascii(i + 1) & 1) != 0) {
                return true;
            }
        }
    }

    /** Reports every pattern that begins at a place. */
    void scanFrom(char[] chars, int from, int length, Hits hits) {
        int state = 0;
        for (int i = from; i < length; i++) {
            int code = codes[chars[i]];
            state = code == 0 ? -1 : child(state, code);
            if (state < 0) {
                return;
            }
            reportAt(state, i + 1, hits);
        }
    }

    /** The first place from which a pattern may begin. */
    private int nextOpening(char[] chars, int from, int length) {
        int i = from;
        while (i < length && !mayOpen(chars, i, length)) {
            i++;
        }
        return i;
    }

    private boolean mayOpen(char[] chars, int at, int length) {
        if (shortFrom[chars[at] & shortFrom.length - 1]) {
            return true;
        }
        if (at + OPENING > length) {
            return false;
        }
        int hash = opening(chars[at], chars[at + 1], chars[at + 2]);
        return (openings[hash >> 6] & 1L << hash) != 0;
    }

    private static int opening(char first, char second, char third) {
        return (first * 0x9E5 ^ second * 0x65 ^ third) & OPENINGS - 1;
    }

    private void report(int state, int end, Hits hits) {
        for (int s = ends[state] != 0 ? state : shorter[state]; s != 0; s = shorter[s]) {
            reportAt(s, end, hits);
        }
    }

    private void reportAt(int state, int end, Hits hits) {
        for (int p = ends[state] - 1; p >= 0; p = nextSame[p] - 1) {
            hits.add(targets[p], end - lengths[p], end);
        }
    }

    private int child(int state, int code) {
        int at = base[state] + code;
        return at < check.length && check[at] == state ? at : -1;
    }

    /** Lays the trie of the sorted patterns into the arrays, level by level, so that failure states are always there. */
    private final class Construction {
        private final String[] patterns;
        private final Integer[] order;
        private int firstFree = 1;
        private int used = 1;

        private Construction(String[] patterns) {
            this.patterns = patterns;
            order = new Integer[patterns.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> {
                int byText = patterns[a].compareTo(patterns[b]);
                return byText != 0 ? byText : Integer.compare(a, b);
            });
        }

        private void run() {
            check[0] = -2;
            AutomatonLevel level = new AutomatonLevel(16);
            level.add(0, 0, order.length);
            for (int depth = 0; level.count > 0; depth++) {
                AutomatonLevel below = new AutomatonLevel(level.count * 2);
                for (int i = 0; i < level.count; i++) {
                    expand(level.states[i], level.from[i], level.to[i], depth, below);
                }
                level = below;
            }
            base = Arrays.copyOf(base, used);
            check = Arrays.copyOf(check, used);
            fail = Arrays.copyOf(fail, used);
            ends = Arrays.copyOf(ends, used);
            shorter = Arrays.copyOf(shorter, used);
            depths = Arrays.copyOf(depths, used);
            enough = Arrays.copyOf(enough, used);
        }

        private void expand(int state, int from, int to, int depth, AutomatonLevel below) {
            int first = from;
            while (first < to && lengths[order[first]] == depth) {
                first++;
            }
            if (first == to) {
                return;
            }
            int[] starts = new int[8];
            int children = 0;
            char before = 0;
            for (int i = first; i < to; i++) {
                char c = patterns[order[i]].charAt(depth);
                if (i == first || c != before) {
                    if (children == starts.length) {
                        starts = Arrays.copyOf(starts, children * 2);
                    }
                    starts[children++] = i;
                    before = c;
                }
            }
            int place = place(starts, children, depth);
            base[state] = place;
            for (int k = 0; k < children; k++) {
                int code = code(starts[k], depth);
                int at = place + code;
                check[at] = state;
                used = Math.max(used, at + 1);
            }
            for (int k = 0; k < children; k++) {
                int code = code(starts[k], depth);
                int at = place + code;
                depths[at] = (byte) Math.min(depth + 1, OPENING);
                fail[at] = failureOf(state, code, at);
                int last = k + 1 < children ? starts[k + 1] : to;
                for (int i = starts[k]; i < last && lengths[order[i]] == depth + 1; i++) {
                    nextSame[order[i]] = ends[at];
                    ends[at] = order[i] + 1;
                    enough[at] = -1L;
                }
                char c = patterns[order[starts[k]]].charAt(depth);
                enough[state] |= c < 0x80 ? 0 : 1L << (Folding.FOLDED[c] >>> Folding.BYTE);
                int f = fail[at];
                shorter[at] = ends[f] != 0 ? f : shorter[f];
                below.add(at, starts[k], last);
            }
        }

        private int failureOf(int parent, int code, int at) {
            int state = parent;
            while (state != 0) {
                state = fail[state];
                int next = child(state, code);
                if (next >= 0 && next != at) {
                    return next;
                }
            }
            return 0;
        }

        private int code(int sorted, int depth) {
            return codes[patterns[order[sorted]].charAt(depth)];
        }

        /** The lowest base, from the first free slot on, at which all children find a free slot. */
        private int place(int[] starts, int children, int depth) {
            int lowest = Integer.MAX_VALUE;
            int highest = 0;
            for (int k = 0; k < children; k++) {
                int code = code(starts[k], depth);
                lowest = Math.min(lowest, code);
                highest = Math.max(highest, code);
            }
            while (firstFree < check.length && check[firstFree] != -1) {
                firstFree++;
            }
            int tries = 0;
            for (int slot = Math.max(firstFree, lowest); ; slot++) {
                int place = slot - lowest;
                ensure(place + highest + 1);
                boolean free = true;
                for (int k = 0; free && k < children; k++) {
                    free = check[place + code(starts[k], depth)] == -1;
                }
                if (free) {
                    return place;
                }
                // a crowded stretch is given up, so that building stays linear
                if (++tries > 64 && children > 1) {
                    slot = Math.max(slot, used);
                }
            }
        }

        private void ensure(int size) {
            if (size <= check.length) {
                return;
            }
            int before = check.length;
            int grown = size + size / 4;
            base = Arrays.copyOf(base, grown);
            check = Arrays.copyOf(check, grown);
            Arrays.fill(check, before, grown, -1);
            fail = Arrays.copyOf(fail, grown);
            ends = Arrays.copyOf(ends, grown);
            shorter = Arrays.copyOf(shorter, grown);
            depths = Arrays.copyOf(depths, grown);
            enough = Arrays.copyOf(enough, grown);
        }
    }

    /** Collects strings. */
    public static final class Builder {
        private final List<String> patterns = new ArrayList<>();
        private int[] targets = new int[16];

        /**
         * @param folded a string of at least one character
         * @param target what to report
         */
        public void add(String folded, int target) {
            if (folded.isEmpty()) {
                throw new IllegalArgumentException("an empty string is found everywhere");
            }
            if (patterns.size() == targets.length) {
                targets = Arrays.copyOf(targets, targets.length * 2);
            }
            targets[patterns.size()] = target;
            patterns.add(folded);
        }

        public Automaton build() {
            return new Automaton(patterns.toArray(String[]::new), Arrays.copyOf(targets, patterns.size()));
        }
    }
}
