package org.markwatch.brand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.text.FoldedBytes;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Folding;
import org.markwatch.text.NameTraces;
import org.markwatch.text.Tokens;
import org.markwatch.text.Tokens.Token;
import org.markwatch.text.Typos;
import org.markwatch.watchlist.Brand;

/**
 * Recognises names of logos among the words of a reference: a file name, a class, a caption. A name may be of several words,
 * written with a typing error, or glued to others. For any number of threads.
 */
final class LogoNames {
    /** Shorter names are met by chance in hashes and abbreviations. */
    static final int SAFE_LENGTH = 4;

    private static final int TYPO_LENGTH = NameTraces.TYPO_LENGTH;
    private static final int MOST_WORDS = 5;
    private static final int LONGEST_SCRAP = 2;
    /** What a maker puts before everything: {@code xyz_visa_master}. */
    private static final int LONGEST_INITIALS = 3;

    private static final int LONGEST_PART = 24;
    private final PaymentWords words;
    private final Map<String, List<Stem>> stems = new HashMap<>();
    private final Map<String, List<Stem>> classes = new HashMap<>();
    /** Names of files that are known by their neighbours only. */
    private final Map<String, Stem> rows = new HashMap<>();

    private final Typos<Stem> typos;
    /** The first letter, and the first two, of stems and glue: what most words do not begin with. */
    private final BitSet openings = new BitSet();

    private final NameTraces traces = new NameTraces();
    private int longestStem;

    /** @param decorated whether it is a common word with a decoration, {@code icon-visa}: sure only where nothing else is said */
    record Stem(int brand, boolean ambiguous, boolean mainName, boolean decorated) {}

    record Found(Stem stem, int start, int end) {}

    /**
     * @param clean   whether all other words are decoration, numbers, words of paying or other marks
     * @param payment whether a word of paying is among them
     * @param terse   whether all of those are, or initials
     * @param words   words that are no numbers
     */
    record Reading(List<Found> found, boolean clean, boolean payment, boolean terse, int words) {
        long brands() {
            return found.stream().map(one -> one.stem.brand).distinct().count();
        }

        /**
         * Whether nothing but several brands is named, {@code visa-mc.png}, or three. They vouch for each other, though not if all
         * are abbreviations: {@code mc_cup.jpg}.
         */
        boolean isSet() {
            return brands() > (terse ? 1 : 2) && found.stream().anyMatch(one -> one.end - one.start >= SAFE_LENGTH);
        }

        /** Whether a name stands right beside another brand's sure one: {@code cb_visa_mastercard}. */
        boolean isVouchedFor(Found one) {
            return found.stream()
                    .anyMatch(other -> other.stem.brand != one.stem.brand
                            && !other.stem.ambiguous
                            && (Math.abs(other.start - one.end) <= 1 || Math.abs(one.start - other.end) <= 1));
        }
    }

    LogoNames(List<Brand> brands, PaymentWords words) {
        this.words = words;
        typos = new Typos<>(words.nearNames());
        words.written().forEach(this::opens);
        for (int b = 0; b < brands.size(); b++) {
            Brand brand = brands.get(b);
            Set<String> ambiguous = new HashSet<>();
            for (String word : brand.ambiguous()) {
                ambiguous.add(key(word));
            }
            String mainName = key(brand.name());
            Set<String> decorated = new HashSet<>();
            for (String name : brand.logoNames()) {
                if (isDecorated(name, ambiguous)) {
                    decorated.add(key(name));
                }
            }
            Set<String> names = new HashSet<>();
            names.add(mainName);
            brand.aliases().forEach(alias -> names.add(key(alias)));
            brand.logoNames().forEach(name -> names.add(key(name)));
            for (String name : names) {
                if (name.isEmpty() || !isLatin(name)) {
                    continue;
                }
                boolean risky = isRisky(name, ambiguous);
                Stem stem = new Stem(b, risky, name.equals(mainName), decorated.contains(name));
                if (words.isOfRowsOnly(name)) {
                    rows.put(name, stem);
                    traces.add(name, false);
                    continue;
                }
                stems.computeIfAbsent(name, n -> new ArrayList<>()).add(stem);
                opens(name);
                traces.add(name, !risky);
                if (name.length() >= TYPO_LENGTH && !risky) {
                    typos.add(name, stem);
                }
            }
            for (String token : brand.logoClasses()) {
                String exact = token.toLowerCase(Locale.ROOT);
                String key = key(token);
                boolean risky = isRisky(key, ambiguous);
                traces.add(key, false);
                classes.computeIfAbsent(exact, n -> new ArrayList<>())
                        .add(new Stem(b, risky, key.equals(mainName), isDecorated(token, ambiguous)));
            }
        }
    }

    private boolean isDecorated(String name, Set<String> ambiguous) {
        List<Token> tokens = Tokens.of(name, 0, name.length());
        return tokens.stream().anyMatch(token -> ambiguous.contains(token.word()))
                && tokens.stream()
                        .allMatch(token -> ambiguous.contains(token.word())
                                || words.isDecoration(token.word())
                                        && !words.isPayment(token.word())
                                        && !words.isOfProgramme(token.word()));
    }

    /** Whether a reference may have a logo at all; most have none, and need not be taken to pieces. */
    boolean mayBeIn(FoldedText text) {
        return traces.mayBeIn(text);
    }

    /** The same of a part of a page. */
    boolean mayBeIn(FoldedBytes bytes, int from, int to) {
        return traces.mayBeIn(bytes, from, to);
    }

    /** Returns the brands whose pack has a class, in lower case; empty if none has. */
    List<Stem> ofClass(String token) {
        return classes.getOrDefault(token, List.of());
    }

    /** Returns the brand of a word that only a row of such files gives a meaning, or null. */
    @Nullable
    Stem ofRow(String word) {
        return rows.get(word);
    }

    private void opens(String part) {
        longestStem = Math.max(longestStem, part.length());
        openings.set(part.charAt(0));
        if (part.length() > 1) {
            openings.set(opening(part.charAt(0), part.charAt(1)));
        }
    }

    /** Whether a stem or glue may begin at a place of a word. */
    private boolean mayOpen(String word, int at) {
        return at + 1 < word.length()
                ? openings.get(opening(word.charAt(at), word.charAt(at + 1)))
                : openings.get(word.charAt(at));
    }

    private static int opening(char first, char second) {
        return (1 << Character.SIZE) + ((first * 0x9E5 ^ second) & Character.MAX_VALUE);
    }

    /** A number after a common word does not make it less common: {@code visa-1}. */
    private static boolean isRisky(String key, Set<String> ambiguous) {
        String letters = key.replaceAll("\\d+$", "");
        return letters.length() < SAFE_LENGTH || ambiguous.contains(letters);
    }

    private static String key(String name) {
        StringBuilder key = new StringBuilder();
        String folded = Folding.fold(name);
        for (int i = 0; i < folded.length(); i++) {
            if (Folding.CLASSES[folded.charAt(i)] != Folding.SEPARATOR) {
                key.append(folded.charAt(i));
            }
        }
        return key.toString();
    }

    private static boolean isLatin(String name) {
        return name.chars().allMatch(c -> Folding.CLASSES[c] == Folding.WORD);
    }

    /** Reads the words of a reference. */
    Reading read(List<Token> tokens) {
        List<Found> found = new ArrayList<>();
        boolean payment = false;
        int longestUnknown = 0;
        int counted = 0;
        int at = 0;
        while (at < tokens.size()) {
            int length = longest(tokens, at, found);
            if (length > 0) {
                // cc-visa, card-mastercard; visa-card is the card's own name, and PayPal begins with a word of paying
                payment |= length > 1
                        && words.isPayment(tokens.get(at).word())
                        && stems.containsKey(Tokens.join(tokens, at + 1, at + length));
                counted += length;
                at += length;
                continue;
            }
            Token token = tokens.get(at++);
            if (token.isNumber() || token.hash()) {
                continue;
            }
            counted++;
            if (words.isPayment(token.word())) {
                payment = true;
            } else if (!words.isDecoration(token.word())
                    && !words.isOtherMark(token.word())
                    && !isMachineMade(token.word())) {
                longestUnknown = Math.max(longestUnknown, token.word().length());
            }
        }
        // what two letters mean nobody knows, but beside a word of paying they mean nothing else
        boolean clean = longestUnknown <= (payment ? LONGEST_SCRAP : 0);
        return new Reading(found, clean, payment, longestUnknown <= LONGEST_INITIALS, counted);
    }

    /** Hexadecimal digests of bundlers, where no digit came before a letter. */
    private static boolean isMachineMade(String word) {
        return word.length() == 1 || word.length() >= 6 && word.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    /** Adds the brands of the longest run of words that is a name, and gives its length. */
    private int longest(List<Token> tokens, int at, List<Found> found) {
        boolean opens = mayOpen(tokens.get(at).word(), 0);
        for (int length = Math.min(MOST_WORDS, tokens.size() - at); length > 0; length--) {
            if (length > 2 && !opens || isTooLong(tokens, at, length)) {
                continue;
            }
            String joined = Tokens.join(tokens, at, at + length);
            Token first = tokens.get(at);
            Token last = tokens.get(at + length - 1);
            List<Stem> known = opens ? stems.get(joined) : null;
            if (known == null
                    && length <= 2
                    && joined.length() >= shortestTypo(length)
                    && !first.hash()
                    && !words.isPayment(joined)) {
                known = typos.near(joined);
            }
            if (known == null || known.isEmpty() || isByChance(tokens, at, length, joined)) {
                continue;
            }
            for (Stem stem : known) {
                found.add(new Found(stem, first.start(), last.end()));
            }
            return length;
        }
        return glued(tokens.get(at), found) ? 1 : 0;
    }

    /** Two words are one with a slip by chance more easily than one is: {@code bank-city}, {@code union-bay}. */
    private static int shortestTypo(int words) {
        return words == 1 ? TYPO_LENGTH - 1 : TYPO_LENGTH + 1;
    }

    /** Whether words are longer together than any stem with a letter too many. */
    private boolean isTooLong(List<Token> tokens, int at, int length) {
        int letters = 0;
        for (int i = at; i < at + length; i++) {
            letters += tokens.get(i).word().length();
        }
        return letters > longestStem + 1;
    }

    /** Adds the brands of a word that is names and nothing else, written without a sign between: {@code visamc}. */
    private boolean glued(Token token, List<Found> found) {
        String word = token.word();
        if (!mayOpen(word, 0)) {
            return false;
        }
        List<Found> parts = new ArrayList<>();
        int at = 0;
        while (at < word.length()) {
            int end = Math.min(word.length(), at + LONGEST_PART);
            while (end > at + 1
                    && !stems.containsKey(word.substring(at, end))
                    && !words.isWrittenOn(word.substring(at, end))) {
                end--;
            }
            if (end <= at + 1) {
                return false;
            }
            for (Stem stem : stems.getOrDefault(word.substring(at, end), List.of())) {
                parts.add(new Found(stem, token.start(), token.end()));
            }
            at = end;
        }
        return !token.hash() && found.addAll(parts);
    }

    /** Scraps that happen to spell a short name, as {@code vi-sa}, and pieces of a hash. */
    private boolean isByChance(List<Token> tokens, int at, int length, String joined) {
        if (joined.length() >= 6) {
            return false;
        }
        // g_pay
        return length > 1 && !words.isPayment(tokens.get(at + length - 1).word())
                || tokens.get(at).hash();
    }
}
