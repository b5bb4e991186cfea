package org.markwatch.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds names at Damerau-Levenshtein distance 1 by looking up what is left after one deletion on both sides (symmetric
 * deletion), so that a look-up costs a word's length and not the number of names.
 */
public final class Typos<T> {
    private final Set<String> others;
    private final Map<String, List<Entry<T>>> byRest = new HashMap<>();

    /** Sums of the letters of all that is left: most words are near nothing, which this tells without making strings. */
    private final BitSet sums = new BitSet();

    private record Entry<T>(String name, T value) {}

    /** @param others names of others that are one letter away from one of these, and are no slip */
    public Typos(Set<String> others) {
        this.others = others;
    }

    public void add(String name, T value) {
        for (String rest : rests(name)) {
            byRest.computeIfAbsent(rest, r -> new ArrayList<>()).add(new Entry<>(name, value));
            sums.set(slot(sum(rest)));
        }
    }

    /** Values of names that differ from the word by exactly one insertion, deletion, substitution or swap of neighbours. */
    public List<T> near(String word) {
        if (!isPossible(word) || others.contains(word)) {
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

    private boolean isPossible(String word) {
        int sum = sum(word);
        boolean possible = sums.get(slot(sum));
        for (int i = 0; !possible && i < word.length(); i++) {
            possible = sums.get(slot(sum - Words.mix(word.charAt(i))));
        }
        return possible;
    }

    private static int sum(String letters) {
        int sum = 0;
        for (int i = 0; i < letters.length(); i++) {
            sum += Words.mix(letters.charAt(i));
        }
        return sum;
    }

    private static int slot(int sum) {
        return Words.mix(sum) >>> 16;
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
