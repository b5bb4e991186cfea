package org.markwatch.brand;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.markwatch.text.Folding;
import org.markwatch.watchlist.LexiconEntry;

/**
 * What is looked for in every text to find the entries of a category: entries as words, or the longest fixed part of one that takes
 * any letters. A passage that has none of them has no entry. Many entries have the same variants, of which one is enough.
 */
final class GroupWords {
    /** More than any category has patterns. */
    private static final int UNSUITED = 1_000_000;

    private final Set<String> phrases = new LinkedHashSet<>();
    private final Set<String> openings = new LinkedHashSet<>();
    private final Set<String> endings = new LinkedHashSet<>();

    GroupWords(Collection<String> entries) {
        for (String entry : entries) {
            for (String variant : LexiconEntry.expand(entry)) {
                if (variant.indexOf('*') < 0) {
                    phrases.add(variant);
                    continue;
                }
                String[] parts = variant.split("\\*", -1);
                // behind any letters and a space begins a word
                String opening = longest(i -> i == 0 || parts[i].startsWith(" "), parts);
                if (opening.isEmpty()) {
                    endings.add(longest(i -> true, parts));
                } else {
                    openings.add(opening);
                }
            }
        }
    }

    private static String longest(IntPredicate wanted, String[] parts) {
        return IntStream.range(0, parts.length)
                .filter(wanted)
                .mapToObj(i -> Folding.fold(parts[i]))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    /**
     * What it takes to look for them, above 0: their number, or much more if some are looked for inside of words of ASCII, or are not
     * found at all since they begin with no letter or digit.
     */
    int cost() {
        boolean everywhere = endings.stream().anyMatch(ending -> ending.chars().allMatch(c -> c < 0x80));
        boolean found = phrases.stream().allMatch(phrase -> phrase.chars().anyMatch(Character::isLetterOrDigit))
                && openings.stream().allMatch(opening -> Character.isLetterOrDigit(opening.charAt(0)));
        return everywhere || !found ? UNSUITED : 1 + phrases.size() + openings.size() + endings.size();
    }

    /** Variants that take no other letters. */
    Set<String> phrases() {
        return phrases;
    }

    /** Folded parts of other variants that begin a word. */
    Set<String> openings() {
        return openings;
    }

    /** Folded parts of the rest, which may stand anywhere. */
    Set<String> endings() {
        return endings;
    }
}
