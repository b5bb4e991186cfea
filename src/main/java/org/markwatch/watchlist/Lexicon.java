package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words of page analysis in all languages, by {@link LexiconCategory}. Brand names are in brand packs instead, and
 * signs of misuse in indicators.
 *
 * @param entries entries by category, without duplicates, in the syntax of {@link LexiconCategory#entrySyntax}; a
 *                missing category has none
 */
public record Lexicon(Map<LexiconCategory, List<String>> entries) {
    public Lexicon {
        Map<LexiconCategory, List<String>> copy = new EnumMap<>(LexiconCategory.class);
        entries.forEach((category, words) -> copy.put(category, List.copyOf(words)));
        entries = copy;
    }

    /** Returns the entries of a category; empty if it has none. */
    public List<String> entriesOf(LexiconCategory category) {
        return entries.getOrDefault(category, List.of());
    }

    /** Returns the lexicon that is part of the program, {@code wording/*.yaml} on the class path. */
    public static Lexicon builtIn() {
        return LexiconFile.BuiltIn.LEXICON;
    }

    /** Returns a copy with the entries of {@code more} added and then those of {@code without} removed. */
    Lexicon with(Map<LexiconCategory, Set<String>> more, Map<LexiconCategory, Set<String>> without) {
        Map<LexiconCategory, List<String>> all = new EnumMap<>(LexiconCategory.class);
        for (LexiconCategory category : LexiconCategory.values()) {
            Set<String> words = new LinkedHashSet<>(entriesOf(category));
            words.addAll(more.getOrDefault(category, Set.of()));
            words.removeAll(without.getOrDefault(category, Set.of()));
            all.put(category, new ArrayList<>(words));
        }
        return new Lexicon(all);
    }
}
