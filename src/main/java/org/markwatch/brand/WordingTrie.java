package org.markwatch.brand;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.markwatch.text.EntrySpans;
import org.markwatch.text.EntryTrie;
import org.markwatch.text.Words;
import org.markwatch.watchlist.Lexicon;
import org.markwatch.watchlist.LexiconCategory;

/**
 * The entries of many lexicon categories with their languages, found in one pass over a text. For any number of threads.
 */
final class WordingTrie {
    /** Languages up to which an entry tells the language of a text. */
    private static final int FEW_LANGUAGES = 4;
    /** Characters of the longest text that is remembered. */
    private static final int LONGEST_KNOWN = 1_000;

    /** Texts that are remembered, or less; a power of 2. */
    private static final int MOST_KNOWN = 1 << 10;

    private final List<String> languages;
    private final EntryTrie<Meaning> entries;
    /** The last text of each slot, by hash: a site repeats its texts on every page. */
    private final AtomicReferenceArray<@Nullable ScannedText> known = new AtomicReferenceArray<>(MOST_KNOWN);

    /** A text and its entries, to which nothing is added any more. */
    private record ScannedText(String text, WordingSpans spans) {}

    /**
     * What an entry stands for.
     *
     * @param languages languages that have the entry
     */
    private record Meaning(LexiconCategory category, Languages languages) {}

    /** @param categories categories whose entries are words, phrases or expressions */
    WordingTrie(Lexicon lexicon, Set<LexiconCategory> categories) {
        languages = categories.stream()
                .flatMap(category -> lexicon.languagesOf(category).values().stream())
                .flatMap(Set::stream)
                .filter(language -> !language.equals(Lexicon.ANY))
                .distinct()
                .sorted()
                .toList();
        Map<Set<String>, Languages> sets = new HashMap<>();
        EntryTrie.Builder<Meaning> builder = new EntryTrie.Builder<>();
        for (LexiconCategory category : categories) {
            lexicon.languagesOf(category)
                    .forEach((entry, of) ->
                            builder.add(entry, new Meaning(category, sets.computeIfAbsent(of, this::numbered))));
        }
        entries = builder.build();
    }

    private Languages numbered(Set<String> of) {
        if (of.contains(Lexicon.ANY)) {
            return Languages.ANY;
        }
        BitSet numbers = new BitSet();
        of.forEach(language -> numbers.set(languages.indexOf(language)));
        return new Languages(numbers);
    }

    /** Returns the number of languages that are told apart. */
    int languages() {
        return languages.size();
    }

    /** Whether an entry of a set of languages tells in which a text is written. */
    static boolean tellsLanguage(Languages languages) {
        return languages != Languages.ANY && languages.size() <= FEW_LANGUAGES;
    }

    /** Returns the entries in a text, ordered by start. */
    WordingSpans scan(String text) {
        int slot = Words.mix(text.hashCode()) & MOST_KNOWN - 1;
        ScannedText scanned = known.get(slot);
        if (scanned != null && scanned.text.equals(text)) {
            return scanned.spans;
        }
        WordingSpans spans = spans(text);
        if (text.length() <= LONGEST_KNOWN) {
            known.set(slot, new ScannedText(text, spans));
        }
        return spans;
    }

    private WordingSpans spans(String text) {
        EntrySpans<Meaning> found = entries.scan(text);
        WordingSpans spans = new WordingSpans(found.size());
        for (int span = 0; span < found.size(); span++) {
            Meaning meaning = found.id(span);
            spans.add(meaning.category, meaning.languages, found.start(span), found.end(span));
        }
        return spans;
    }
}
