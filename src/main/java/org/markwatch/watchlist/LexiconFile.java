package org.markwatch.watchlist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The words of one language, {@code wording/de.yaml}, by what they mean; {@code any.yaml} has those of none. The program brings a file for
 * each language that it knows; a job-config may add words, and under {@code without} take out some of the program's.
 */
final class LexiconFile {
    private static final String WITHOUT = "without";
    private static final String ANY = "any";
    private static final String EXTENSION = ".yaml";

    private static final List<String> MEANINGS =
            Arrays.stream(LexiconCategory.values()).map(Syntax::configName).toList();
    private static final List<String> KEYS = concat(MEANINGS, WITHOUT);

    private static final String WORD = "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'_-]*";
    private static final String PHRASE = "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N} './_-]{0,98}";

    private static final Syntax<String> WORDS = Syntax.matching(WORD, "must be one word");
    private static final Syntax<String> PHRASES = Syntax.matching(PHRASE, "must be words, at most 100 characters");
    private static final Syntax<String> CLAIM = Syntax.matching(
            PHRASE + "\\{brand}|\\{brand} ?" + PHRASE,
            "must be words with {brand} before or behind them, like pay by {brand}");
    /** Groups are closed, which a regular expression of letters cannot see. */
    private static final Syntax<String> EXPRESSION = value -> {
        String allowed =
                "must be words; pay* for any ending, *card for any beginning, (a|b) for either, x? for x or nothing";
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

    /** The program's own words, which its tests have read; each start would pay for reading them again. */
    private static final Syntax<String> TRUSTED = value -> value;

    private LexiconFile() {}

    /** Loaded when it is first asked for. */
    static final class BuiltIn {
        static final Lexicon LEXICON = load();

        private BuiltIn() {}

        private static Lexicon load() {
            Map<LexiconCategory, Set<String>> words = new EnumMap<>(LexiconCategory.class);
            for (String language : languages()) {
                readShipped(language)
                        .forEach((meaning, more) -> words.computeIfAbsent(meaning, m -> new LinkedHashSet<>())
                                .addAll(more));
            }
            return new Lexicon(Map.of()).with(words, Map.of());
        }
    }

    /** Empty for a language that the program knows nothing of. */
    private static Map<LexiconCategory, Set<String>> readShipped(String language) {
        String name = "/wording/" + language + EXTENSION;
        Faults faults = new Faults();
        try (InputStream file = LexiconFile.class.getResourceAsStream(name)) {
            if (file == null) {
                return Map.of();
            }
            ConfigNode document =
                    YamlReader.read(name, new String(file.readAllBytes(), StandardCharsets.UTF_8), faults);
            Map<LexiconCategory, Set<String>> words =
                    document == null ? Map.of() : read(Section.of(document, faults, MEANINGS), form -> TRUSTED);
            faults.throwIfAny();
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException("the program cannot read its own " + name + "; build it anew", e);
        } catch (WatchlistException e) {
            throw new IllegalStateException("the program's own wording has faults: " + e.faults(), e);
        }
    }

    /** What files may be called after: ISO 639-1. */
    private static Set<String> languages() {
        Set<String> languages = new TreeSet<>(Arrays.asList(Locale.getISOLanguages()));
        languages.add(ANY);
        return languages;
    }

    /** Whether a file is called after a language. */
    static boolean isNamedByLanguage(String file) {
        return file.endsWith(EXTENSION) && languages().contains(file.substring(0, file.length() - EXTENSION.length()));
    }

    /** The wording with what a file adds and takes out. */
    static Lexicon apply(ConfigNode document, Lexicon to, Faults faults) {
        Section file = Section.of(document, faults, KEYS);
        Section without = file.section(WITHOUT, MEANINGS);
        Map<LexiconCategory, Set<String>> unwanted = read(without, LexiconFile::syntax);
        unwanted.forEach((meaning, words) -> {
            for (String word : words) {
                if (!to.entriesOf(meaning).contains(word)) {
                    String key = Syntax.configName(meaning);
                    without.fault(
                            key,
                            "has '" + word + "', which nothing adds; "
                                    + SpellingSuggestion.nearest(word, to.entriesOf(meaning))
                                            .map(near -> "did you mean " + near + "?")
                                            .orElse("leave it out"));
                }
            }
        });
        return to.with(read(file, LexiconFile::syntax), unwanted);
    }

    private static Map<LexiconCategory, Set<String>> read(
            Section section, Function<LexiconCategory.EntrySyntax, Syntax<String>> syntax) {
        Map<LexiconCategory, Set<String>> words = new EnumMap<>(LexiconCategory.class);
        for (LexiconCategory meaning : LexiconCategory.values()) {
            String key = Syntax.configName(meaning);
            if (section.has(key)) {
                words.put(meaning, section.list(key, syntax.apply(meaning.entrySyntax())));
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
