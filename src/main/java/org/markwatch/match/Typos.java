package org.markwatch.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds names at Damerau-Levenshtein distance 1 by looking up what is left after one deletion on both sides (symmetric
 * deletion), so that a look-up costs a word's length and not the number of names.
 */
final class Typos<T> {
    private final Map<String, List<Entry<T>>> byRest = new HashMap<>();

    /** The letters of each name, a bit each. */
    private int[] letters = new int[0];

    private record Entry<T>(String name, T value) {}

    void add(String name, T value) {
        letters = IntStream.concat(IntStream.of(letters), IntStream.of(letters(name)))
                .distinct()
                .toArray();
        for (String rest : rests(name)) {
            byRest.computeIfAbsent(rest, r -> new ArrayList<>()).add(new Entry<>(name, value));
        }
    }

    /** Values of names that differ from the word by exactly one insertion, deletion, substitution or swap of neighbours. */
    List<T> near(String word) {
        if (!isPossible(letters(word))) {
            return List.of();
        }
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

    /** One edit adds or removes at most one letter on each side: most words are told apart without taking them to pieces. */
    private boolean isPossible(int of) {
        for (int name : letters) {
            if (Integer.bitCount(name ^ of) <= 2) {
                return true;
            }
        }
        return false;
    }

    private static int letters(String word) {
        int letters = 0;
        for (int i = 0; i < word.length(); i++) {
            letters |= 1 << word.charAt(i);
        }
        return letters;
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
