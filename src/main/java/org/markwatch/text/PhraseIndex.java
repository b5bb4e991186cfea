package org.markwatch.text;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds phrases of whole words by hash: a phrase of several words by its rarest pair of neighbours, a single word by itself,
 * and verifies each candidate by its characters.
 *
 * <p>A text asks a few bits a word, by the word's first eight characters, however many phrases there are. The few words that
 * are left look up the phrases by a hash of whole words, so that phrases are compared only with the words that they have.
 * Immutable, for any number of threads.
 */
final class PhraseIndex {
    private final char[] letters;
    private final int[] from;
    private final int[] targets;
    /** Words of the phrase before the indexed pair or word. */
    private final byte[] lead;

    private final long[] hashes;
    private final Chains singles;
    private final Chains pairs;
    /** All words of all phrases. */
    private final HashFilter vocabulary;

    private PhraseIndex(Builder builder) {
        int n = builder.count;
        long[] all = new long[builder.words];
        int seen = 0;
        letters = Arrays.copyOf(builder.letters, builder.used);
        from = Arrays.copyOf(builder.from, n + 1);
        from[n] = builder.used;
        targets = Arrays.copyOf(builder.targets, n);
        lead = new byte[n];
        hashes = new long[n];
        long[] openings = new long[n];

        Words words = new Words();
        int slots = Chains.slots(n) * 4;
        int[] frequency = new int[slots];
        char[] phrase = new char[0];
        boolean[] single = new boolean[n];
        for (int pass = 0; pass < 2; pass++) {
            for (int p = 0; p < n; p++) {
                int size = from[p + 1] - from[p];
                if (phrase.length < size) {
                    phrase = new char[size * 2];
                }
                System.arraycopy(letters, from[p], phrase, 0, size);
                words.read(phrase, size, Folding.FOLDED);
                single[p] = words.count == 1;
                if (pass == 0) {
                    for (int w = 0; w < words.count; w++) {
                        all[seen++] = words.hash(w);
                    }
                    for (int w = 1; w < words.count; w++) {
                        frequency[(int) (wholePair(words, w) >>> Integer.SIZE) & slots - 1]++;
                    }
                } else if (single[p]) {
                    hashes[p] = words.wholeHash(0);
                    openings[p] = words.hash(0);
                } else {
                    int rarest = Integer.MAX_VALUE;
                    for (int w = 1; w < words.count && w <= Byte.MAX_VALUE; w++) {
                        long hash = wholePair(words, w);
                        int often = frequency[(int) (hash >>> Integer.SIZE) & slots - 1];
                        if (often < rarest) {
                            rarest = often;
                            hashes[p] = hash;
                            openings[p] = Words.pair(words.hash(w - 1), words.hash(w));
                            lead[p] = (byte) (w - 1);
                        }
                    }
                }
            }
        }
        vocabulary = new HashFilter(all);
        singles = new Chains(hashes, openings, single, true);
        pairs = new Chains(hashes, openings, single, false);
    }

    /** Collects the words that may be the indexed one of a phrase, or the second of the indexed pair. */
    void findCandidates(Words words, Candidates candidates) {
        int[] found = candidates.begin(words);
        if (targets.length == 0) {
            candidates.end(0);
            return;
        }
        int n = 0;
        long before = 0;
        for (int w = 0; w < words.count; w++) {
            long hash = words.hash(w);
            found[n] = w;
            n += pairs.filter.bit(Words.pair(before, hash)) | singles.filter.bit(hash);
            before = hash;
        }
        int left = 0;
        for (int i = 0; i < n; i++) {
            int w = found[i];
            boolean single = singles.mayHave(words.hash(w)) && has(singles, words.wholeHash(w));
            if (single || w > 0 && mayBePair(words, w) && has(pairs, wholePair(words, w))) {
                found[left++] = w;
            }
        }
        candidates.end(left);
    }

    private boolean mayBePair(Words words, int word) {
        return pairs.mayHave(Words.pair(words.hash(word - 1), words.hash(word)));
    }

    /** Hash of a word and the one before it. */
    private static long wholePair(Words words, int word) {
        return Words.pair(words.wholeHash(word - 1), words.wholeHash(word));
    }

    private boolean has(Chains chains, long hash) {
        int p = chains.first(hash);
        while (p >= 0 && hashes[p] != hash) {
            p = chains.next(p);
        }
        return p >= 0;
    }

    /**
     * Reports every phrase whose indexed word, or second of its indexed pair, is a word of the text.
     *
     * @return how many phrases the text has been compared with
     */
    int verify(char[] chars, Words words, int word, Hits hits) {
        int compared = 0;
        long hash = words.hash(word);
        if (singles.mayHave(hash)) {
            compared += verifyAll(singles, words.wholeHash(word), chars, words, word, hits);
        }
        if (word > 0 && mayBePair(words, word) && words.isJoined(chars, word)) {
            compared += verifyAll(pairs, wholePair(words, word), chars, words, word - 1, hits);
        }
        return compared;
    }

    private int verifyAll(Chains chains, long hash, char[] chars, Words words, int indexedWord, Hits hits) {
        int compared = 0;
        for (int p = chains.first(hash); p >= 0; p = chains.next(p)) {
            if (hashes[p] == hash) {
                verify(p, chars, words, indexedWord, hits);
                compared++;
            }
        }
        return compared;
    }

    /** Phrases are kept as words with one space between, so they are compared without being split again. */
    private void verify(int phrase, char[] chars, Words words, int indexedWord, Hits hits) {
        int first = indexedWord - lead[phrase];
        if (first < 0) {
            return;
        }
        int word = first;
        int at = words.start(first);
        int end = words.end(first);
        for (int i = from[phrase]; i < from[phrase + 1]; i++) {
            if (letters[i] == ' ') {
                if (at != end || ++word == words.count || !words.isJoined(chars, word)) {
                    return;
                }
                at = words.start(word);
                end = words.end(word);
            } else if (at == end || chars[at++] != letters[i]) {
                return;
            }
        }
        if (at == end) {
            hits.add(targets[phrase], words.start(first), at);
        }
    }

    boolean isEmpty() {
        return targets.length == 0;
    }

    /** Whether any phrase may have a word; never false if one has. */
    boolean mayHaveWord(long hash) {
        return vocabulary.mayHave(hash);
    }

    /** Tells of most hashes that they are not in a set: small enough to stay near the processor, unlike what it stands before. */
    private static final class HashFilter {
        /** Bits a hash, or more: about one in two hundred that is not there goes through. */
        private static final int BITS = 16;

        private final long[] bits;

        /** @param hashes what is in the set, some of it more than once */
        HashFilter(long[] hashes) {
            long[] sorted = hashes.clone();
            Arrays.sort(sorted);
            int distinct = 0;
            for (int i = 0; i < sorted.length; i++) {
                distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
            }
            bits = new long[Integer.highestOneBit(Math.max(distinct, 8)) * BITS * 2 / Long.SIZE];
            for (long hash : hashes) {
                bits[place(hash)] |= 1L << (hash >>> 38) | 1L << (hash >>> 32);
            }
        }

        boolean mayHave(long hash) {
            return bit(hash) != 0;
        }

        /** 1 if it may be in the set, else 0: to be added up without a jump. */
        int bit(long hash) {
            // two bits in one place cost one access and deceive far less than one
            long place = bits[place(hash)];
            return (int) (place >>> (hash >>> 38) & place >>> (hash >>> 32)) & 1;
        }

        private int place(long hash) {
            return (int) (hash >>> 44) & bits.length - 1;
        }
    }

    /** Lists of phrases by hash. */
    private static final class Chains {
        private final HashFilter filter;
        private final int[] heads;
        private final int[] next;

        /**
         * Makes the lists.
         *
         * @param openings by phrase, what the filter is asked about
         * @param wanted   whether of single words
         */
        Chains(long[] hashes, long[] openings, boolean[] single, boolean wanted) {
            long[] asked = IntStream.range(0, hashes.length)
                    .filter(p -> single[p] == wanted)
                    .mapToLong(p -> openings[p])
                    .toArray();
            filter = new HashFilter(asked);
            heads = new int[slots(asked.length)];
            next = asked.length == 0 ? new int[0] : new int[hashes.length];
            for (int p = hashes.length - 1; p >= 0; p--) {
                if (single[p] == wanted) {
                    int slot = slot(hashes[p]);
                    next[p] = heads[slot] - 1;
                    heads[slot] = p + 1;
                }
            }
        }

        static int slots(int count) {
            return Integer.highestOneBit(Math.max(count, 8)) * 2;
        }

        boolean mayHave(long opening) {
            return filter.mayHave(opening);
        }

        boolean isEmpty() {
            return next.length == 0;
        }

        int first(long hash) {
            return heads[slot(hash)] - 1;
        }

        private int slot(long hash) {
            return (int) (hash >>> 36) & heads.length - 1;
        }

        int next(int phrase) {
            return next[phrase];
        }
    }

    /** Collects phrases. */
    public static final class Builder {
        private final Words reading = new Words();
        private char[] letters = new char[1024];
        private int used;
        private int[] from = new int[64];
        private int[] targets = new int[64];
        private int count;
        /** Words of all phrases together. */
        private int words;

        /**
         * @param folded a folded phrase with at least one word
         * @param target what to report
         */
        public void add(String folded, int target) {
            char[] chars = folded.toCharArray();
            reading.read(chars, chars.length, Folding.FOLDED);
            if (reading.count == 0) {
                throw new IllegalArgumentException("no word in phrase '" + folded + "'");
            }
            if (count + 1 >= from.length) {
                from = Arrays.copyOf(from, from.length * 2);
                targets = Arrays.copyOf(targets, from.length);
            }
            if (letters.length < used + chars.length + 1) {
                letters = Arrays.copyOf(letters, Math.max(letters.length * 2, used + chars.length + 1));
            }
            words += reading.count;
            from[count] = used;
            targets[count++] = target;
            for (int w = 0; w < reading.count; w++) {
                if (w > 0) {
                    letters[used++] = ' ';
                }
                int size = reading.end(w) - reading.start(w);
                System.arraycopy(chars, reading.start(w), letters, used, size);
                used += size;
            }
        }

        public PhraseIndex build() {
            return new PhraseIndex(this);
        }
    }
}
