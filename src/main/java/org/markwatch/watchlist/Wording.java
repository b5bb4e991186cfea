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
 * @param entries by meaning, as {@link Meaning#form} says; a meaning that is not there has none
 */
public record Wording(Map<Meaning, List<String>> entries) {
    public Wording {
        Map<Meaning, List<String>> copy = new EnumMap<>(Meaning.class);
        entries.forEach((meaning, words) -> copy.put(meaning, List.copyOf(words)));
        entries = copy;
    }

    /** The entries of a meaning, empty for none. */
    public List<String> of(Meaning meaning) {
        return entries.getOrDefault(meaning, List.of());
    }

    /** The wording that the program brings with it. */
    public static Wording shipped() {
        return WordingFile.Shipped.WORDING;
    }

    /** Both, without what {@code without} has. */
    Wording with(Map<Meaning, Set<String>> more, Map<Meaning, Set<String>> without) {
        Map<Meaning, List<String>> all = new EnumMap<>(Meaning.class);
        for (Meaning meaning : Meaning.values()) {
            Set<String> words = new LinkedHashSet<>(of(meaning));
            words.addAll(more.getOrDefault(meaning, Set.of()));
            words.removeAll(without.getOrDefault(meaning, Set.of()));
            all.put(meaning, new ArrayList<>(words));
        }
        return new Wording(all);
    }
}
