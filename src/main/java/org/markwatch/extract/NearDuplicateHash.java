package org.markwatch.extract;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.markwatch.watchlist.Field;

/**
 * Tells pages apart that say something else, and only those: the visible words of title, headings and text in any order,
 * without numbers, and without the words of the page's own address, which error pages and calendars repeat.
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
    /** A bit for the last six bits of each of {@link #urlWords}: for most words, that is all to look at. */
    private long urlWordBits;

    private long sum;

    private NearDuplicateHash() {}

    /** @return equal for pages that are alike; different, but for one chance in 2<sup>64</sup>, for others */
    static long of(URI url, Iterable<Passage> passages) {
        NearDuplicateHash likeness = new NearDuplicateHash();
        likeness.addWords(UrlReference.decode(url.getRawPath()), true);
        if (url.getRawQuery() != null) {
            likeness.addWords(UrlReference.decode(url.getRawQuery()), true);
        }
        for (Passage passage : passages) {
            boolean shown = !passage.hidden()
                    && (passage.field() == Field.TITLE
                            || passage.field() == Field.HEADING
                            || passage.field() == Field.TEXT);
            if (shown) {
                likeness.addWords(passage.text(), false);
            }
        }
        return likeness.sum;
    }

    private void addWords(String text, boolean ofAddress) {
        int length = text.length();
        long hash = 0;
        for (int i = 0; i < length; i++) {
            int letter = letter(text.charAt(i));
            if (letter != 0) {
                hash = hash * 31 + letter;
            } else if (hash != 0) {
                addWord(hash, ofAddress);
                hash = 0;
            }
        }
        if (hash != 0) {
            addWord(hash, ofAddress);
        }
    }

    /** In lower case, or 0 for what is no letter. */
    private static int letter(char c) {
        if (c < ASCII.length) {
            return ASCII[c];
        }
        return Character.isLetter(c) || Character.isSurrogate(c) ? Character.toLowerCase(c) : 0;
    }

    private void addWord(long hash, boolean ofAddress) {
        long bit = 1L << hash;
        if (ofAddress) {
            urlWords.add(hash);
            urlWordBits |= bit;
        } else if ((urlWordBits & bit) == 0 || !urlWords.contains(hash)) {
            sum += mix(hash);
        }
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014): words add up in any order, and no two cancel out. */
    private static long mix(long hash) {
        long z = hash + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
