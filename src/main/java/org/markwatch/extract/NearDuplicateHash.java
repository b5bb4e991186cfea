package org.markwatch.extract;

import java.util.HashSet;
import java.util.Set;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;

/**
 * Computes a hash that is equal for pages with the same visible words, each equally often, in title, headings, text and data
 * of scripts.
 *
 * <p>The order of words, letter case, numbers, and the words of the URL of the page are ignored. Error pages and
 * calendars repeat words of their URL.
 */
final class NearDuplicateHash {
    private static final byte[] ASCII = new byte[0x80];

    static {
        for (char c = 'a'; c <= 'z'; c++) {
            ASCII[c] = (byte) c;
            ASCII[c - 'a' + 'A'] = (byte) c;
        }
    }

    private final Set<Long> urlWords = new HashSet<>();
    /**
     * Bloom filter of {@link #urlWords}: one bit for the last six bits of each hash. Most words need no look-up in the
     * set.
     */
    private long urlWordBits;

    private long sum;

    private NearDuplicateHash() {}

    /** Returns the hash. Different words give different hashes, except with a probability of about 2<sup>-64</sup>. */
    static long of(HttpUrl url, Iterable<Passage> passages) {
        NearDuplicateHash hash = new NearDuplicateHash();
        hash.addWords(UrlReference.decode(url.path()), true);
        if (url.query() != null) {
            hash.addWords(UrlReference.decode(url.query()), true);
        }
        for (Passage passage : passages) {
            boolean shown = !passage.hidden()
                    && (passage.field() == Field.TITLE
                            || passage.field() == Field.HEADING
                            || passage.field().isRunningText());
            if (shown) {
                hash.addWords(passage.text(), false);
            }
        }
        return hash.sum;
    }

    private void addWords(String text, boolean ofUrl) {
        int length = text.length();
        long hash = 0;
        for (int i = 0; i < length; i++) {
            int letter = letter(text.charAt(i));
            if (letter != 0) {
                hash = hash * 31 + letter;
            } else if (hash != 0) {
                addWord(hash, ofUrl);
                hash = 0;
            }
        }
        if (hash != 0) {
            addWord(hash, ofUrl);
        }
    }

    /** Returns a letter in lower case, or 0 for any other character. Surrogates count as letters. */
    private static int letter(char c) {
        if (c < ASCII.length) {
            return ASCII[c];
        }
        return Character.isLetter(c) || Character.isSurrogate(c) ? Character.toLowerCase(c) : 0;
    }

    private void addWord(long hash, boolean ofUrl) {
        long bit = 1L << hash;
        if (ofUrl) {
            urlWords.add(hash);
            urlWordBits |= bit;
        } else if ((urlWordBits & bit) == 0 || !urlWords.contains(hash)) {
            sum += mix(hash);
        }
    }

    /** Finalizer of SplitMix64 (Steele, Lea and Flood 2014). With it, sums over different words rarely collide. */
    private static long mix(long hash) {
        long z = hash + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
