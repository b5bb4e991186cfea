package org.markwatch.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds names at Damerau-Levenshtein distance 1 by looking up what is left after one deletion on both sides (symmetric
 * deletion), so that a look-up costs a word's length and not the number of names.
 */
final class Typos<T> {
    private final Map<String, List<Entry<T>>> byRest = new HashMap<>();

    private record Entry<T>(String name, T value) {}

    void add(String name, T value) {
        for (String rest : rests(name)) {
            byRest.computeIfAbsent(rest, r -> new ArrayList<>()).add(new Entry<>(name, value));
        }
    }

    /** Values of names that differ from the word by exactly one insertion, deletion, substitution or swap of neighbours. */
    List<T> near(String word) {
        Set<T> found = new HashSet<>();
        List<T> inOrder = new ArrayList<>();
        for (String rest : rests(word)) {
            for (Entry<T> entry : byRest.getOrDefault(rest, List.of())) {
                if (isOneEdit(entry.name, word) && found.add(entry.value)) {
                    inOrder.add(entry.value);
                }
            }
        }
        return inOrder;
    }

    private static Set<String> rests(String word) {
        Set<String> rests = new HashSet<>();
        rests.add(word);
        for (int i = 0; i < word.length(); i++) {
            rests.add(word.substring(0, i) + word.substring(i + 1));
        }
        return rests;
    }

    static boolean isOneEdit(String a, String b) {
        int prefix = 0;
        int shorter = Math.min(a.length(), b.length());
        while (prefix < shorter && a.charAt(prefix) == b.charAt(prefix)) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < shorter - prefix && a.charAt(a.length() - 1 - suffix) == b.charAt(b.length() - 1 - suffix)) {
            suffix++;
        }
        int leftA = a.length() - prefix - suffix;
        int leftB = b.length() - prefix - suffix;
        if (leftA + leftB == 0) {
            return false;
        }
        boolean swapped = leftA == 2
                && leftB == 2
                && a.charAt(prefix) == b.charAt(prefix + 1)
                && a.charAt(prefix + 1) == b.charAt(prefix);
        return swapped || leftA <= 1 && leftB <= 1;
    }
}
