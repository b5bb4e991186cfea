package org.markwatch.text;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The sets of nodes of {@link SortedEntries} that texts have reached, each a state, and the steps from one to another by
 * a character. Both are computed when they are first asked for (Aho, Lam, Sethi and Ullman, Compilers, 2006, section
 * 3.7.4). For any number of threads.
 *
 * <p>A state is a number: twice the offset of its row in the table, plus 1 if entries end there. A row has the states
 * behind the first {@value #BLOCK} codes, and then the offsets of rows for further blocks of codes. 0 stands for what has
 * not been computed.
 */
final class EntryStates {
    private static final int BLOCK = 64;
    /** They take 44 MB. The labelled pages, in all languages of the lexicon, need 100,000. */
    private static final int MAX_ROWS = 120_000;

    private final SortedEntries entries;
    private final Alphabet alphabet;
    private final int rowLength;

    /** Written under the lock. A cell that another thread does not see yet is asked for under the lock. */
    private volatile int[] table;

    private volatile @Nullable Reached[] states = new Reached[64];
    private volatile int rows = 1;
    private final Map<LongBuffer, Integer> known = new HashMap<>();

    /** From which no entry can be reached. */
    final int dead;
    /** Before an entry that begins where a word does. */
    final int atWord;
    /** Before an entry of a script without spaces. */
    final int inRun;

    /** @param nodes in their order */
    private record Reached(long[] nodes, int[] ends) {}

    EntryStates(SortedEntries entries, Alphabet alphabet) {
        this.entries = entries;
        this.alphabet = alphabet;
        rowLength = BLOCK + alphabet.size() / BLOCK;
        table = new int[rowLength * states.length];
        dead = state(LongStream.empty());
        LongStream.Builder beginnings = LongStream.builder();
        entries.enter(entries.root(), beginnings);
        atWord = state(beginnings.build());
        inRun = state(LongStream.of(entries.root()));
    }

    /** Whether others should be used from now on, so that texts cannot fill the memory. */
    boolean isFull() {
        return rows > MAX_ROWS;
    }

    /** The state behind a character. */
    int step(int state, char c) {
        int code = alphabet.code(c);
        int[] now = table;
        int row = state >> 1;
        if (code >= BLOCK) {
            row = now[row + BLOCK - 1 + code / BLOCK];
        }
        int next = row > 0 ? now[row + code % BLOCK] : 0;
        return next > 0 ? next : compute(state, code);
    }

    /** Whether entries end at a state. */
    static boolean ends(int state) {
        return (state & 1) != 0;
    }

    /** The numbers of the entries that end at a state. */
    int[] numbers(int state) {
        int row = (state >> 1) / rowLength;
        @Nullable Reached[] now = states;
        Reached known = row < now.length ? now[row] : null;
        return known == null ? lockedNumbers(row) : known.ends;
    }

    private synchronized int[] lockedNumbers(int row) {
        return get(row).ends;
    }

    private Reached get(int row) {
        Reached state = states[row];
        if (state == null) {
            throw new IllegalStateException("row " + row + " has no state");
        }
        return state;
    }

    private synchronized int compute(int state, int code) {
        LongStream.Builder reached = LongStream.builder();
        for (long node : get((state >> 1) / rowLength).nodes) {
            if (alphabet.isLetter(code) && entries.repeats(node)) {
                entries.enter(node, reached);
            }
            if (alphabet.isUsed(code)) {
                entries.enter(entries.child(node, alphabet.character(code)), reached);
            }
        }
        int next = state(reached.build());
        int row = state >> 1;
        if (code >= BLOCK) {
            int block = row + BLOCK - 1 + code / BLOCK;
            if (table[block] == 0) {
                int added = newRow();
                table[block] = added;
            }
            row = table[block];
        }
        table[row + code % BLOCK] = next;
        return next;
    }

    private int state(LongStream reached) {
        long[] nodes = reached.sorted().distinct().toArray();
        LongBuffer key = LongBuffer.wrap(nodes);
        Integer state = known.get(key);
        if (state == null) {
            int row = newRow();
            int[] ends = entries.ends(nodes);
            states[row / rowLength] = new Reached(nodes, ends);
            state = 2 * row + (ends.length > 0 ? 1 : 0);
            known.put(key, state);
        }
        return state;
    }

    private int newRow() {
        if (rows == states.length) {
            states = Arrays.copyOf(states, 2 * rows);
            table = Arrays.copyOf(table, 2 * rows * rowLength);
        }
        int row = rows;
        rows = row + 1;
        return row * rowLength;
    }
}
