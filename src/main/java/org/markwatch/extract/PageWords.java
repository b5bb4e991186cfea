package org.markwatch.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * The words of the texts of a page, read once: for the near-duplicate hash, and to tell whether a text repeats what the
 * page says. Letter case, punctuation and white space are ignored. Takes linear time and space.
 *
 * <p>The near-duplicate hash is equal for pages with the same shown words, each equally often. It ignores the order of
 * words, digits, and the words of the URL of the page: error pages and calendars repeat words of their URL.
 *
 * <p>A word is a run of letters and digits; a character of a script that is written without spaces is a word of its own.
 * Its hash is that of its lower case in UTF-8, eight bytes at a time. Most words are ASCII of at most eight bytes, which
 * are read in one step. Not safe for use by multiple threads.
 */
final class PageWords {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The highest bit of each byte, which is set outside ASCII. */
    private static final long HIGH = 0x8080808080808080L;
    /** A space in each byte: the bit that differs between a capital and a small letter of ASCII. */
    private static final long CASE = 0x2020202020202020L;

    private static final long ONES = 0x0101010101010101L;
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final Set<Long> urlWords = new HashSet<>();
    /**
     * Bloom filter of {@link #urlWords}: one bit for the last six bits of each hash. Most words need no look-up in the
     * set.
     */
    private long urlWordBits;

    private boolean readsUrl;
    private long nearDuplicateHash;

    /** Hashes of the words of all texts, with a 0 after each text. */
    private long[] words = new long[1 << 10];

    private int size;
    private final WordSequences sequences = new WordSequences();

    // the text read last
    private int start;
    /** What it adds to the near-duplicate hash. */
    private long sum;

    // the word that is read character by character
    private long hash = PRIME;
    private long block;
    private int blockLength;

    /** @param url URL of the page */
    PageWords(HttpUrl url) {
        readsUrl = true;
        readUrlPart(url.path());
        readUrlPart(url.query());
        readsUrl = false;
    }

    private void readUrlPart(@Nullable String part) {
        if (part != null) {
            String text = UrlReference.decode(part);
            byte[] utf8 = text.getBytes(UTF_8);
            read(text, Arrays.copyOf(utf8, utf8.length + Long.BYTES), 0, utf8.length);
            drop();
        }
    }

    /**
     * Reads a text. It does not count until {@link #keep}.
     *
     * @param utf8 has the text in UTF-8, and at least eight more bytes
     * @param from index of its first byte
     * @param to   index after its last byte
     */
    void read(String text, byte[] utf8, int from, int to) {
        start = size;
        sum = 0;
        int at = from;
        int character = 0; // the one that begins at the byte
        while (at < to) {
            int begin = at;
            long value = PRIME;
            boolean number = false;
            int length;
            do {
                long eight = (long) LONGS.get(utf8, at);
                long ascii = eight & ~(((eight & HIGH) >>> 7) * 0xff);
                long lower = ascii | CASE;
                long letters = lower + (0x80 - 'a') * ONES & ~(lower + (0x7f - 'z') * ONES) & HIGH;
                long digits = ascii + (0x80 - '0') * ONES & ~(ascii + (0x7f - '9') * ONES) & HIGH;
                length = Math.min(Long.numberOfTrailingZeros(~(letters | digits) & HIGH) / Byte.SIZE, to - at);
                if (length > 0) {
                    long mask = -1L >>> Long.SIZE - Byte.SIZE * length;
                    value = step(value, lower & mask);
                    number |= (digits & mask) != 0;
                    at += length;
                }
            } while (length == Long.BYTES);
            if (at < to && utf8[at] < 0) {
                int end = readOutsideAscii(text, character);
                at = begin + utf8Length(text, character, end);
                character = end;
                continue;
            }
            if (at > begin) {
                word(value);
                if (number) {
                    addLetters(text, character, character + at - begin);
                } else {
                    addToHash(value);
                }
            }
            at++;
            character += at - begin;
        }
    }

    /**
     * Reads the words from a character on, up to the first character of ASCII that is neither letter nor digit.
     *
     * @return the index after that character
     */
    private int readOutsideAscii(String text, int from) {
        int begin = from;
        boolean number = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean unspaced = ScriptStrings.isUnspaced(c);
            boolean part = !unspaced && Character.isLetterOrDigit(c);
            if (!part) {
                endWord(text, begin, i, number);
                begin = i + 1;
                number = false;
            }
            if (part) {
                add(Character.toLowerCase(c));
                number |= !Character.isLetter(c);
            } else if (unspaced) {
                add(c);
                endWord(text, i, i + 1, false);
            } else if (Character.isSurrogate(c)) {
                addToHash(step(PRIME, c)); // letters, ideographs or emoji
            } else if (c < 0x80) {
                return i + 1;
            }
        }
        endWord(text, begin, text.length(), number);
        return text.length();
    }

    private void endWord(String text, int begin, int end, boolean number) {
        if (begin == end) {
            return;
        }
        long value = endHash();
        word(value);
        if (number) {
            addLetters(text, begin, end);
        } else {
            addToHash(value);
        }
    }

    /** Adds the runs of letters of a word with digits to the near-duplicate hash. */
    private void addLetters(String text, int from, int to) {
        boolean letters = false;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (Character.isLetter(c)) {
                add(Character.toLowerCase(c));
                letters = true;
            } else if (letters) {
                addToHash(endHash());
                letters = false;
            }
        }
        if (letters) {
            addToHash(endHash());
        }
    }

    /** Adds a character in UTF-8 to the word that is read. */
    private void add(char c) {
        if (c < 0x80) {
            add((int) c);
        } else {
            add(c < 0x800 ? 0xc0 | c >> 6 : 0xe0 | c >> 12);
            if (c >= 0x800) {
                add(0x80 | c >> 6 & 0x3f);
            }
            add(0x80 | c & 0x3f);
        }
    }

    private void add(int octet) {
        block |= (long) octet << Byte.SIZE * blockLength;
        if (++blockLength == Long.BYTES) {
            hash = step(hash, block);
            block = 0;
            blockLength = 0;
        }
    }

    private long endHash() {
        long value = blockLength == 0 ? hash : step(hash, block);
        hash = PRIME;
        block = 0;
        blockLength = 0;
        return value;
    }

    private static long step(long hash, long block) {
        long next = (hash ^ block) * PRIME;
        return next ^ next >>> 32;
    }

    private static int utf8Length(String text, int from, int to) {
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    private void word(long value) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = value;
    }

    private void addToHash(long word) {
        long bit = 1L << word;
        if (readsUrl) {
            urlWords.add(word);
            urlWordBits |= bit;
        } else if ((urlWordBits & bit) == 0 || !urlWords.contains(word)) {
            sum += mix(word);
        }
    }

    /** Finalizer of SplitMix64 (Steele, Lea and Flood 2014). With it, sums over different words rarely collide. */
    private static long mix(long hash) {
        long z = hash + PRIME;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /**
     * Whether the texts that are kept hold each sequence of four words of the text read last, or all of a shorter one.
     * True for a text without words.
     */
    boolean areRepeated() {
        return sequences.holdAll(words, start, size);
    }

    /** Keeps the text read last as one that the page says. */
    void keep() {
        sequences.add(words, start, size);
        word(0);
    }

    /** Drops the text read last. */
    void drop() {
        size = start;
    }

    /** Adds the text read last to the near-duplicate hash. */
    void count() {
        nearDuplicateHash += sum;
    }

    /** Returns the hash. Different words give different hashes, except with a probability of about 2<sup>-64</sup>. */
    long nearDuplicateHash() {
        return nearDuplicateHash;
    }
}
