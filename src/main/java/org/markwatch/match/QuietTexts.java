package org.markwatch.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import org.markwatch.extract.PassageList;

/**
 * Texts of which it is known that they say nothing, by their hashes: a site repeats its navigation and its classes on each page.
 * The hash has a key, so that nobody can write a text that has the hash of another. For any number of threads.
 */
final class QuietTexts {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int SLOT_BITS = 17;

    /** The last hash of each slot; 0 if there is none. An entry that another thread does not see yet is found again. */
    private final long[] known = new long[1 << SLOT_BITS];

    private final long seed;
    private final long factor;

    QuietTexts() {
        SecureRandom random = new SecureRandom();
        seed = random.nextLong();
        factor = random.nextLong() | 1;
    }

    /** Returns the hash of a passage's field and text; never 0. */
    long hash(PassageList passages, int passage) {
        byte[] utf8 = passages.utf8();
        int at = passages.start(passage);
        int end = passages.end(passage);
        long hash =
                seed ^ (long) (end - at) << Byte.SIZE ^ passages.field(passage).ordinal();
        for (; end - at > 2 * Long.BYTES; at += 2 * Long.BYTES) {
            hash = mixed(hash ^ eight(utf8, at), factor ^ eight(utf8, at + Long.BYTES));
        }
        // the last bytes: of eight or more some may be in both halves
        boolean few = end - at < Long.BYTES;
        long first = few ? eight(utf8, at) << (at - end) * Byte.SIZE : eight(utf8, at);
        long last = few ? 0 : eight(utf8, end - Long.BYTES);
        hash = mixed(hash ^ first, factor ^ last);
        return hash == 0 ? 1 : hash;
    }

    private static long eight(byte[] utf8, int at) {
        return (long) EIGHT_BYTES.get(utf8, at);
    }

    /** Both halves of a product. */
    private static long mixed(long one, long other) {
        return Math.multiplyHigh(one, other) ^ one * other;
    }

    boolean has(long hash) {
        return known[slot(hash)] == hash;
    }

    void add(long hash) {
        known[slot(hash)] = hash;
    }

    private static int slot(long hash) {
        return (int) (hash >>> Long.SIZE - SLOT_BITS);
    }
}
