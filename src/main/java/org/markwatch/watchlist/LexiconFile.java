package org.markwatch.watchlist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads the lexicon of one language, {@code wording/de.yaml}, by category; {@code any.yaml} has entries of no
 * particular language. The program has a built-in file for each supported language. A file of a job-config adds
 * entries, and removes built-in ones under {@code without}.
 */
final class LexiconFile {
    private static final String WITHOUT = "without";
    private static final String EXTENSION = ".yaml";

    private static final List<String> CATEGORIES =
            Arrays.stream(LexiconCategory.values()).map(Syntax::configName).toList();
    private static final List<String> KEYS = concat(CATEGORIES, WITHOUT);

    private static final String WORD = "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'_-]*";
    private static final String PHRASE = "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} './_-]{0,98}";

    private static final Syntax<String> WORDS = Syntax.matching(WORD, "must be one word");
    private static final Syntax<String> PHRASES =
            Syntax.matching(PHRASE, "must be one or more words, at most 100 characters");
    private static final Syntax<String> CLAIM = Syntax.matching(
            PHRASE + "\\{brand}|\\{brand} ?" + PHRASE,
            "must be words with {brand} at the beginning or the end, like pay by {brand}");
    /** Also requires balanced parentheses, which a regular expression cannot check. */
    private static final Syntax<String> EXPRESSION = value -> {
        String allowed =
                "must be words; pay* matches any ending, *card any beginning, (a|b) either alternative, x? makes x optional";
        int depth = 0;
        for (char c : value.toCharArray()) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0) {
                throw new MalformedValueException(allowed);
            }
        }
        if (depth != 0) {
            throw new MalformedValueException(allowed);
        }
        Syntax.matching("[\\p{L}\\p{N}(*][\\p{L}\\p{M}\\p{N}()|?*'&./+ -]{0,198}", allowed)
                .parse(value);
        try {
            LexiconEntry.expand(value);
        } catch (IllegalArgumentException tooMany) {
            throw new MalformedValueException(String.valueOf(tooMany.getMessage()));
        }
        return value;
    };

    /** Accepts built-in entries unchecked, to start faster. The tests validate them. */
    private static final Syntax<String> TRUSTED = value -> value;

    private LexiconFile() {}

    /** Holds the built-in lexicon; class initialisation loads it on first use. */
    static final class BuiltIn {
        static final Lexicon LEXICON = load();

        private BuiltIn() {}

        private static Lexicon load() {
            Map<LexiconCategory, Map<String, Set<String>>> words = new EnumMap<>(LexiconCategory.class);
            for (String language : languages()) {
                readBuiltIn(language)
                        .forEach((category, entries) ->
                                entries.forEach(entry -> words.computeIfAbsent(category, c -> new LinkedHashMap<>())
                                        .computeIfAbsent(entry, e -> new TreeSet<>())
                                        .add(language)));
            }
            return new Lexicon(words);
        }
    }

    /** Returns the built-in entries of a language; empty if there is no file for it. */
    private static Map<LexiconCategory, Set<String>> readBuiltIn(String language) {
        String name = "/wording/" + language + EXTENSION;
        Faults faults = new Faults();
        try (InputStream file = LexiconFile.class.getResourceAsStream(name)) {
            if (file == null) {
                return Map.of();
            }
            ConfigNode document =
                    YamlReader.read(name, new String(file.readAllBytes(), StandardCharsets.UTF_8), faults);
            Map<LexiconCategory, Set<String>> words =
                    document == null ? Map.of() : read(Section.of(document, faults, CATEGORIES), form -> TRUSTED);
            faults.throwIfAny();
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot read its own file " + name + "; build it again", e);
        } catch (WatchlistException e) {
            throw new IllegalStateException("the built-in lexicon has faults: " + e.faults(), e);
        }
    }

    /** Returns the allowed file names without extension: ISO 639-1 codes and {@code any}. */
    private static Set<String> languages() {
        Set<String> languages = new TreeSet<>(Arrays.asList(Locale.getISOLanguages()));
        languages.add(Lexicon.ANY);
        return languages;
    }

    /** Returns whether a file is named after a language. */
    static boolean isNamedByLanguage(String file) {
        return file.endsWith(EXTENSION) && languages().contains(file.substring(0, file.length() - EXTENSION.length()));
    }

    /** Returns the lexicon with the additions and removals of the file of a language. */
    static Lexicon apply(String language, ConfigNode document, Lexicon lexicon, Faults faults) {
        Section file = Section.of(document, faults, KEYS);
        Section without = file.section(WITHOUT, CATEGORIES);
        Map<LexiconCategory, Set<String>> removed = read(without, LexiconFile::syntax);
        removed.forEach((category, words) -> {
            for (String word : words) {
                if (!lexicon.entriesOf(category).contains(word)) {
                    String key = Syntax.configName(category);
                    without.fault(
                            key,
                            "has '" + word + "', which is not in the lexicon; "
                                    + SpellingSuggestion.nearest(word, lexicon.entriesOf(category))
                                            .map(near -> "did you mean " + near + "?")
                                            .orElse("remove it"));
                }
            }
        });
        return lexicon.with(language, read(file, LexiconFile::syntax), removed);
    }

    private static Map<LexiconCategory, Set<String>> read(
            Section section, Function<LexiconCategory.EntrySyntax, Syntax<String>> syntax) {
        Map<LexiconCategory, Set<String>> words = new EnumMap<>(LexiconCategory.class);
        for (LexiconCategory category : LexiconCategory.values()) {
            String key = Syntax.configName(category);
            if (section.has(key)) {
                words.put(category, section.list(key, syntax.apply(category.entrySyntax())));
            }
        }
        return words;
    }

    private static Syntax<String> syntax(LexiconCategory.EntrySyntax form) {
        return switch (form) {
            case WORDS -> WORDS;
            case PHRASES -> PHRASES;
            case CLAIM -> CLAIM;
            case EXPRESSIONS -> EXPRESSION;
        };
    }

    private static List<String> concat(List<String> keys, String one) {
        Set<String> all = new LinkedHashSet<>(keys);
        all.add(one);
        return List.copyOf(all);
    }
}
