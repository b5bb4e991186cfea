package org.markwatch.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.text.SortedEntries.Entry;
import org.markwatch.watchlist.LexiconEntry;

/**
 * Finds the entries of many lexicon categories in a text in one pass.
 *
 * <p>An entry is found in any case. It begins and ends where words do; an entry that begins in a script without spaces is
 * found anywhere. {@code pay*} takes any ending of letters and {@code *card} any beginning, {@code (a|b)} either
 * alternative, {@code x?} x or nothing, and an apostrophe each of its forms. A text is read as {@link UndisguisedText}.
 *
 * <p>From each place where an entry may begin, the text is followed through all entries at once, which costs one look-up a
 * character. No character is read more often than the longest entry has words. For any number of threads.
 *
 * @param <T> what an entry stands for, such as its category
 */
public final class EntryTrie<T> {
    /** Most characters of an entry in a script without spaces. One with {@code *} would take in all letters that follow. */
    private static final int MAX_RUN_CHARS = 200;

    private final SortedEntries entries;
    private final Alphabet alphabet;
    private final List<T> ids;
    private volatile EntryStates states;

    private EntryTrie(List<Entry> entries, List<T> ids) {
        this.entries = new SortedEntries(entries);
        this.ids = ids;
        alphabet = new Alphabet(entries.stream().map(Entry::characters).toList());
        states = new EntryStates(this.entries, alphabet);
    }

    /** Returns the longest entry of each id at each place of a text. */
    public EntrySpans<T> scan(String text) {
        char[] chars = text.toCharArray();
        if (!Letters.mayBeDisguised(Letters.traits(chars, chars.length))) {
            return scan(chars);
        }
        UndisguisedText plain = new UndisguisedText(text);
        EntrySpans<T> spans = scan(plain.chars());
        spans.move(plain::place);
        return spans;
    }

    private EntrySpans<T> scan(char[] chars) {
        EntrySpans<T> spans = new EntrySpans<>(ids);
        EntryStates known = states;
        boolean insideWord = false;
        for (int at = 0; at < chars.length; at++) {
            char c = chars[at];
            if (!insideWord) {
                if (known.isFull()) {
                    known = new EntryStates(entries, alphabet);
                    states = known;
                }
                follow(known, true, chars, at, chars.length, spans);
            }
            if (Letters.isUnspaced(c)) {
                follow(known, false, chars, at, Math.min(chars.length, at + MAX_RUN_CHARS), spans);
            }
            insideWord = Letters.isOfWord(c);
        }
        return spans;
    }

    private void follow(EntryStates known, boolean words, char[] text, int start, int limit, EntrySpans<T> spans) {
        int state = words ? known.atWord : known.inRun;
        for (int at = start; at < limit; ) {
            state = known.step(state, text[at++]);
            if (state == known.dead) {
                return;
            }
            if (EntryStates.ends(state) && (!words || at == text.length || !Letters.isOfWord(text[at]))) {
                for (int number : known.numbers(state)) {
                    spans.add(number, start, at);
                }
            }
        }
    }

    /** Collects entries. */
    public static final class Builder<T> {
        private final List<Entry> entries = new ArrayList<>();
        private final Map<T, Integer> ids = new LinkedHashMap<>();

        /**
         * Adds an entry. A variant that has no character but {@code *} is found nowhere.
         *
         * @throws IllegalArgumentException if it has too many variants, see {@link LexiconEntry#expand}
         */
        public Builder<T> add(String entry, T id) {
            int number = ids.computeIfAbsent(id, unknown -> ids.size());
            char[] plain = new UndisguisedText(entry).chars();
            for (int i = 0; i < plain.length; i++) {
                plain[i] = Letters.plain(plain[i]);
            }
            for (String variant : LexiconEntry.expand(new String(plain))) {
                if (variant.chars().anyMatch(c -> c != SortedEntries.ANY_LETTERS)) {
                    entries.add(new Entry(variant, number));
                }
            }
            return this;
        }

        /** Compiles what has been added. */
        public EntryTrie<T> build() {
            return new EntryTrie<>(entries, List.copyOf(ids.keySet()));
        }
    }
}
