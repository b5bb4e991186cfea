package org.markwatch.brand;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.text.EntrySpans;
import org.markwatch.text.EntryTrie;
import org.markwatch.watchlist.Lexicon;
import org.markwatch.watchlist.LexiconCategory;

/**
 * The entries of many lexicon categories with their languages, found in one pass over a text. For any number of threads.
 */
final class WordingTrie {
    /** Languages up to which an entry tells the language of a text. */
    private static final int FEW_LANGUAGES = 4;

    private final List<String> languages;
    private final EntryTrie<Meaning> entries;

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
        EntrySpans<Meaning> found = entries.scan(text);
        WordingSpans spans = new WordingSpans(found.size());
        for (int span = 0; span < found.size(); span++) {
            Meaning meaning = found.id(span);
            spans.add(meaning.category, meaning.languages, found.start(span), found.end(span));
        }
        return spans;
    }
}
