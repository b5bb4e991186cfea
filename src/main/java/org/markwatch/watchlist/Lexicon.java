package org.markwatch.watchlist;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words of page analysis, by {@link LexiconCategory} and with their languages. Brand names are in brand packs instead,
 * and signs of misuse in indicators.
 *
 * @param entries by category, the entries in the syntax of {@link LexiconCategory#entrySyntax} with the languages that have
 *                them: codes of ISO 639-1, or {@value #ANY} for entries of no particular language; a missing category has none
 */
public record Lexicon(Map<LexiconCategory, Map<String, Set<String>>> entries) {
    /** Stands for no particular language. */
    public static final String ANY = "any";

    public Lexicon {
        Map<LexiconCategory, Map<String, Set<String>>> copy = new EnumMap<>(LexiconCategory.class);
        entries.forEach((category, words) -> {
            Map<String, Set<String>> languages = new LinkedHashMap<>();
            words.forEach((entry, of) -> languages.put(entry, Collections.unmodifiableSet(new TreeSet<>(of))));
            copy.put(category, Collections.unmodifiableMap(languages));
        });
        entries = Collections.unmodifiableMap(copy);
    }

    /** Returns a lexicon whose entries are of no particular language. */
    public static Lexicon of(Map<LexiconCategory, List<String>> words) {
        Map<LexiconCategory, Map<String, Set<String>>> entries = new EnumMap<>(LexiconCategory.class);
        words.forEach((category, of) -> {
            Map<String, Set<String>> languages = new LinkedHashMap<>();
            of.forEach(entry -> languages.put(entry, Set.of(ANY)));
            entries.put(category, languages);
        });
        return new Lexicon(entries);
    }

    /** Returns the entries of a category in all languages; empty if it has none. */
    public List<String> entriesOf(LexiconCategory category) {
        return List.copyOf(languagesOf(category).keySet());
    }

    /** Returns the entries of a category with the languages that have them; empty if it has none. */
    public Map<String, Set<String>> languagesOf(LexiconCategory category) {
        return entries.getOrDefault(category, Map.of());
    }

    /** Returns the lexicon that is part of the program, {@code wording/*.yaml} on the class path. */
    public static Lexicon builtIn() {
        return LexiconFile.BuiltIn.LEXICON;
    }

    /** Returns a copy with the entries {@code more} of a language added and then those of {@code without} removed. */
    Lexicon with(String language, Map<LexiconCategory, Set<String>> more, Map<LexiconCategory, Set<String>> without) {
        Map<LexiconCategory, Map<String, Set<String>>> all = new EnumMap<>(LexiconCategory.class);
        for (LexiconCategory category : LexiconCategory.values()) {
            Map<String, Set<String>> words = new LinkedHashMap<>(languagesOf(category));
            for (String entry : more.getOrDefault(category, Set.of())) {
                List<String> languages = new ArrayList<>(words.getOrDefault(entry, Set.of()));
                languages.add(language);
                words.put(entry, new TreeSet<>(languages));
            }
            words.keySet().removeAll(without.getOrDefault(category, Set.of()));
            all.put(category, words);
        }
        return new Lexicon(all);
    }
}
