package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How people say what pages are judged by, in all languages: for each {@link Meaning} its words, without duplicates. What a brand is
 * called stands in its pack, and what points to an offence in an indicator; these are words of whoever buys, sells and writes about it.
 *
 * @param entries by meaning, as {@link LexiconCategory#entrySyntax} says; a meaning that is not there has none
 */
public record Lexicon(Map<LexiconCategory, List<String>> entries) {
    public Lexicon {
        Map<LexiconCategory, List<String>> copy = new EnumMap<>(LexiconCategory.class);
        entries.forEach((meaning, words) -> copy.put(meaning, List.copyOf(words)));
        entries = copy;
    }

    /** The entries of a meaning, empty for none. */
    public List<String> entriesOf(LexiconCategory meaning) {
        return entries.getOrDefault(meaning, List.of());
    }

    /** The wording that the program brings with it. */
    public static Lexicon builtIn() {
        return LexiconFile.BuiltIn.LEXICON;
    }

    /** Both, without what {@code without} has. */
    Lexicon with(Map<LexiconCategory, Set<String>> more, Map<LexiconCategory, Set<String>> without) {
        Map<LexiconCategory, List<String>> all = new EnumMap<>(LexiconCategory.class);
        for (LexiconCategory meaning : LexiconCategory.values()) {
            Set<String> words = new LinkedHashSet<>(entriesOf(meaning));
            words.addAll(more.getOrDefault(meaning, Set.of()));
            words.removeAll(without.getOrDefault(meaning, Set.of()));
            all.put(meaning, new ArrayList<>(words));
        }
        return new Lexicon(all);
    }
}
