package org.markwatch.match;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/** Rules that matching is measured with. */
public enum BenchRules {
    /** Those of {@code job-config}, with its brands. */
    SHIPPED(true, 0, 0),
    SHIPPED_AND_100000_PHRASES(true, 100_000, 0),
    SHIPPED_AND_1000_REGEXES(true, 0, 1_000),
    /** Nothing else, and no brands. */
    ONLY_100000_PHRASES(false, 100_000, 0),
    ONLY_1000_REGEXES(false, 0, 1_000);

    private static final Path SHIPPED_RULES = Path.of("job-config");
    private static final Pattern NO_LETTER = Pattern.compile("[^a-z]+");

    private final boolean shipped;
    private final int phrases;
    private final int regexes;

    BenchRules(boolean shipped, int phrases, int regexes) {
        this.shipped = shipped;
        this.phrases = phrases;
        this.regexes = regexes;
    }

    /** The same rules each time for the same pages. */
    Watchlist of(List<BenchPages.Page> pages) throws WatchlistException {
        Watchlist read = WatchlistReader.read(SHIPPED_RULES);
        List<Indicator> all = new ArrayList<>(shipped ? read.indicators() : List.of());
        List<String> vocabulary = vocabulary(pages);
        all.addAll(phrases(phrases, vocabulary));
        all.addAll(regexes(regexes, vocabulary));
        return new Watchlist(
                read.settings(), List.of(), shipped ? read.brands() : List.of(), all, read.policy(), "0".repeat(64));
    }

    /** Half of the phrases are of words that stand in the pages, half of made-up words. */
    private static List<Indicator> phrases(int count, List<String> vocabulary) {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, count)
                .mapToObj(i -> rule("bench.phrase." + i, Indicator.Type.PHRASE, words(random, vocabulary, i % 2 == 0)))
                .toList();
    }

    private static String words(SplittableRandom random, List<String> vocabulary, boolean known) {
        StringBuilder phrase = new StringBuilder();
        for (int n = 2 + random.nextInt(2); n > 0; n--) {
            phrase.append(known ? vocabulary.get(random.nextInt(vocabulary.size())) : madeUp(random));
            phrase.append(n > 1 ? " " : "");
        }
        return phrase.toString();
    }

    private static String madeUp(SplittableRandom random) {
        String parts = "bacedifoguhajekilomunaperisotuvawexayozi";
        StringBuilder word = new StringBuilder();
        for (int n = 3 + random.nextInt(2); n > 0; n--) {
            int part = 2 * random.nextInt(parts.length() / 2);
            word.append(parts, part, part + 2);
        }
        return word.toString();
    }

    /** One expression in fifty hangs on a word that stands in the pages. */
    private static List<Indicator> regexes(int count, List<String> vocabulary) {
        SplittableRandom random = new SplittableRandom(2);
        List<String> longer =
                vocabulary.stream().filter(word -> word.length() >= 5).toList();
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String word = i % 50 == 0 ? longer.get(random.nextInt(longer.size())) : madeUp(random);
                    String regex = "\\b" + word + " ?[0-9]{1,4} ?(?:" + madeUp(random) + "|" + madeUp(random) + ")\\b";
                    return rule("bench.regex." + i, Indicator.Type.REGEX, regex);
                })
                .toList();
    }

    private static Indicator rule(String id, Indicator.Type type, String pattern) {
        return Watchlists.indicator(id, type, pattern, "checkout", 1, EnumSet.allOf(Field.class));
    }

    private static List<String> vocabulary(List<BenchPages.Page> pages) {
        return pages.stream()
                .flatMap(page -> page.text().passages().stream())
                .filter(passage -> passage.field() == Field.TEXT)
                .flatMap(passage -> NO_LETTER.splitAsStream(passage.text()))
                .filter(word -> word.length() > 2)
                .distinct()
                .sorted()
                .toList();
    }
}
